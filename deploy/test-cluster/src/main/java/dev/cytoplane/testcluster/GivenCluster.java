package dev.cytoplane.testcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The cluster of a kubeconfig.
 *
 * @param kubeconfigFile the file that it was read from
 * @param loader a command that takes image archives, as {@code cluster up} prints it; null when there is none
 * @param givenHostAddress null when it is not known
 * @param givenRegistry null when there is none that its nodes are known to pull from
 */
record GivenCluster(
        Path kubeconfigFile,
        String kubeconfig,
        @Nullable String loader,
        @Nullable String givenHostAddress,
        @Nullable ImageRegistry givenRegistry)
        implements Provider {

    /** One kubeconfig file; a list of files is not taken, since it would not say which cluster is meant. */
    static GivenCluster of(Path file) {
        try {
            return new GivenCluster(
                    file,
                    Files.readString(file),
                    System.getenv("CYTOPLANE_TEST_IMAGES"),
                    System.getenv("CYTOPLANE_TEST_HOST"),
                    givenRegistry(System.getenv("CYTOPLANE_TEST_REGISTRY")));
        } catch (IOException e) {
            throw new UncheckedIOException("KUBECONFIG names " + file + ", which cannot be read", e);
        }
    }

    private static @Nullable ImageRegistry givenRegistry(@Nullable String userAtAddress) {
        if (userAtAddress == null) {
            return null;
        }
        int at = userAtAddress.indexOf('@');
        return new ImageRegistry(
                userAtAddress.substring(at + 1),
                userAtAddress.substring(0, at),
                Path.of(System.getenv("CYTOPLANE_TEST_REGISTRY_PASSWORD")),
                Path.of(System.getenv("CYTOPLANE_TEST_REGISTRY_CA")));
    }

    @Override
    public ImageRegistry registry() {
        if (givenRegistry == null) {
            throw new IllegalStateException("CYTOPLANE_TEST_REGISTRY does not name a registry that the nodes of "
                    + description() + " pull from, as user@host:port");
        }
        return givenRegistry;
    }

    @Override
    public String description() {
        return "the cluster of KUBECONFIG, " + kubeconfigFile;
    }

    @Override
    public String hostAddress() {
        if (givenHostAddress == null) {
            throw new IllegalStateException("CYTOPLANE_TEST_HOST does not say at which address the pods of "
                    + description() + " reach this machine");
        }
        return givenHostAddress;
    }

    @Override
    public void load(Path image) {
        if (loader == null) {
            throw new IllegalStateException("CYTOPLANE_TEST_IMAGES does not say how an image comes onto the nodes of "
                    + description() + ": set it to a command that takes archives");
        }
        Command.run("sh", "-c", loader + " \"$1\"", "sh", image.toString());
    }

    @Override
    public void close() {
        // It was there before.
    }
}
