package dev.cytoplane.endtoend.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.testcluster.Cluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real helm, against a cluster, with the chart of the repository. */
final class Helm {

    private static final int MINUTES = 20;

    private final Path root;
    private final List<String> always;

    private Helm(Path root, List<String> always) {
        this.root = root;
        this.always = always;
    }

    static Helm against(Path root, Cluster cluster, Path folder) throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), cluster.kubeconfig());
        return new Helm(root, List.of("--kubeconfig=" + kubeconfig));
    }

    /** For rendering only. */
    static Helm withoutCluster(Path root) {
        return new Helm(root, List.of());
    }

    /** @param said standard output and standard error */
    record Result(int status, String said) {}

    /** The chart's folder. */
    String chart() {
        return root.resolve("deploy/chart").toString();
    }

    String ok(String... arguments) throws IOException {
        Result result = run(arguments);
        assertThat(result.status()).as(result.said()).isZero();
        return result.said();
    }

    Result run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(root.resolve("deploy/test-cluster/cluster").toString(), "helm"));
        command.addAll(List.of(arguments));
        command.addAll(always);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as(said).isTrue();
            return new Result(process.exitValue(), said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }
}
