package dev.cytoplane.testcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** K3s in a container. It enforces network policies by itself. */
final class K3sCluster implements Provider {

    private static final String IMAGE =
            System.getenv().getOrDefault("CYTOPLANE_TEST_K3S_IMAGE", "rancher/k3s:v1.34.4-k3s1");

    private final K3sContainer container = new K3sContainer(DockerImageName.parse(IMAGE));

    K3sCluster() {
        container.start();
    }

    @Override
    public String kubeconfig() {
        return container.getKubeConfigYaml();
    }

    @Override
    public String description() {
        return IMAGE + " in Docker";
    }

    @Override
    public String hostAddress() {
        return container.getContainerInfo().getNetworkSettings().getNetworks().values().stream()
                .map(network -> network.getGateway())
                .filter(gateway -> gateway != null && !gateway.isEmpty())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void load(Path image) {
        String there = "/tmp/" + image.getFileName();
        container.copyFileToContainer(MountableFile.forHostPath(image), there);
        try {
            ExecResult result = container.execInContainer("ctr", "-n", "k8s.io", "images", "import", there);
            if (result.getExitCode() != 0) {
                throw new IllegalStateException(image + " cannot be loaded: " + result.getStderr());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public ImageRegistry registry() {
        throw new IllegalStateException(
                "K3s in Docker has no registry here; deploy/test-cluster/cluster up makes a cluster that has one");
    }

    @Override
    public void close() {
        container.stop();
    }
}
