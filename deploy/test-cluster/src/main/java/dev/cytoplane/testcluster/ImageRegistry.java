package dev.cytoplane.testcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * An image registry that this machine pushes to and the cluster's nodes pull from, over TLS.
 *
 * @param address {@code host:port}
 * @param username the one user that there is
 * @param passwordFile this user's password
 * @param authority PEM of the authority that signed its certificate; the nodes believe it
 */
public record ImageRegistry(String address, String username, Path passwordFile, Path authority) {

    /** What a pod pulls with, in the form of a {@code .dockerconfigjson}. */
    public String pullSecret() {
        try {
            String password = Files.readString(passwordFile).strip();
            String both =
                    Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
            return "{\"auths\": {\"%s\": {\"auth\": \"%s\"}}}".formatted(address, both);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
