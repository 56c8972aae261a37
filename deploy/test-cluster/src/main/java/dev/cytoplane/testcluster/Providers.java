package dev.cytoplane.testcluster;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** The clusters of a test run, each started when it is first asked for. */
final class Providers implements AutoCloseable {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Providers.class);

    private final Provider[] started = new Provider[2];

    /** The run's; closed with it. */
    static Providers of(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Providers.class, unused -> new Providers(), Providers.class);
    }

    synchronized Provider get(int number) {
        Provider provider = started[number];
        if (provider == null) {
            provider = choose(number);
            started[number] = provider;
        }
        return provider;
    }

    private static Provider choose(int number) {
        String given = System.getenv(number == 0 ? "KUBECONFIG" : "KUBECONFIG_SECOND");
        if (given != null && !given.isEmpty()) {
            return GivenCluster.of(Path.of(given));
        }
        boolean k3s = System.getenv(OwnCluster.VERSION) == null
                && DockerClientFactory.instance().isDockerAvailable();
        return k3s ? new K3sCluster() : new OwnCluster(number);
    }

    @Override
    public synchronized void close() {
        for (Provider provider : started) {
            if (provider != null) {
                provider.close();
            }
        }
    }
}
