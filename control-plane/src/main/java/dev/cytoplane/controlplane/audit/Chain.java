package dev.cytoplane.controlplane.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/** How entries are chained: each hash covers the whole entry and the hash before it. */
final class Chain {

    /** What the first entry of a chain follows. */
    static final byte[] START = new byte[32];

    private Chain() {}

    record Head(long sequence, byte[] hash) {}

    record Entry(
            UUID organizationId,
            long sequence,
            Instant time,
            String actorSubject,
            String actorName,
            String action,
            String resource,
            String details,
            byte[] previousHash) {

        /** SHA-256 over the fields, each with its length before it, so that no two entries read the same. */
        byte[] hash() {
            var bytes = new ByteArrayOutputStream();
            try (var out = new DataOutputStream(bytes)) {
                out.write(previousHash);
                out.writeLong(organizationId.getMostSignificantBits());
                out.writeLong(organizationId.getLeastSignificantBits());
                out.writeLong(sequence);
                out.writeLong(time.getEpochSecond());
                out.writeInt(time.getNano());
                for (String field : new String[] {actorSubject, actorName, action, resource, details}) {
                    byte[] text = field.getBytes(StandardCharsets.UTF_8);
                    out.writeInt(text.length);
                    out.write(text);
                }
                return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java runtime has SHA-256", e);
            }
        }
    }
}
