package dev.cytoplane.controlplane.idempotency;

import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Answers that were given, for a day. */
@Repository
class Answers {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient jdbc;
    private final Tenancy tenancy;

    Answers(JdbcClient jdbc, Tenancy tenancy) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
    }

    /**
     * Takes the key for this request, after waiting for another one that has it.
     *
     * @return the answer that the key got before
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Recorded> claim(KeyUse use) {
        record Known(byte[] requestHash, byte[] answer) {}
        return tenancy.asPlatform(() -> {
            jdbc.sql(
                            "delete from idempotent_answers where caller = ? and key_hash = ? and created_at < now() - interval '1 day'")
                    .params(use.caller(), use.keyHash())
                    .update();
            int inserted = jdbc.sql("""
                    insert into idempotent_answers (caller, key_hash, request_hash) values (?, ?, ?)
                    on conflict do nothing""")
                    .params(use.caller(), use.keyHash(), use.requestHash())
                    .update();
            if (inserted == 1) {
                return Optional.empty();
            }
            Known known = jdbc.sql(
                            "select request_hash, answer from idempotent_answers where caller = ? and key_hash = ?")
                    .params(use.caller(), use.keyHash())
                    .query((row, number) -> new Known(row.getBytes("request_hash"), row.getBytes("answer")))
                    .single();
            if (!Arrays.equals(known.requestHash(), use.requestHash())) {
                throw Problem.of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "idempotency-key-reused",
                        "This Idempotency-Key was used for another request: take a new one for each thing to be made.");
            }
            return Optional.of(Recorded.decode(open(use, known.answer())));
        });
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void store(KeyUse use, Recorded answer) {
        tenancy.asPlatform(
                () -> jdbc.sql("update idempotent_answers set status = ?, answer = ? where caller = ? and key_hash = ?")
                        .params(answer.status(), seal(use, answer.encode()), use.caller(), use.keyHash())
                        .update());
    }

    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT10M")
    @Transactional
    public void forget() {
        tenancy.asPlatform(() -> jdbc.sql("delete from idempotent_answers where created_at < now() - interval '1 day'")
                .update());
    }

    private static byte[] seal(KeyUse use, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, use, nonce, plain);
        byte[] stored = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, stored, NONCE_BYTES, sealed.length);
        return stored;
    }

    private static byte[] open(KeyUse use, byte[] stored) {
        return cipher(
                Cipher.DECRYPT_MODE,
                use,
                Arrays.copyOf(stored, NONCE_BYTES),
                Arrays.copyOfRange(stored, NONCE_BYTES, stored.length));
    }

    private static byte[] cipher(int mode, KeyUse use, byte[] nonce, byte[] input) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(use.encryptionKey(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(use.context().getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A stored answer cannot be encrypted or decrypted", e);
        }
    }
}
