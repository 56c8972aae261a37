package dev.cytoplane.dataplane.identity;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** EC P-256 key pairs and the requests (PKCS #10) that a certificate is asked for with. */
final class KeyPairs {

    static final String SIGNATURE = "SHA256withECDSA";

    private KeyPairs() {}

    static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has P-256", e);
        }
    }

    static String request(KeyPair keys, String commonName) {
        try {
            return Pem.print(
                    "CERTIFICATE REQUEST",
                    new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=" + commonName), keys.getPublic())
                            .build(new JcaContentSignerBuilder(SIGNATURE).build(keys.getPrivate()))
                            .getEncoded());
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("A certificate request cannot be signed", e);
        }
    }

    /** A key pair as it is stored. */
    record Stored(String privateKey, String publicKey) {

        static Stored of(KeyPair keys) {
            return new Stored(
                    Pem.print("PRIVATE KEY", keys.getPrivate().getEncoded()),
                    Pem.print("PUBLIC KEY", keys.getPublic().getEncoded()));
        }

        KeyPair open() throws GeneralSecurityException {
            return new KeyPair(Pem.publicKey(publicKey), Pem.privateKey(privateKey));
        }

        @Override
        public String toString() {
            return "a key pair";
        }
    }
}
