package dev.cytoplane.dataplane.kubernetes.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.testcluster.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real helm, against a cluster. */
public final class Helm {

    public static final Path CHART =
            Path.of("..", "deploy", "chart").toAbsolutePath().normalize();

    private static final Path PROGRAM =
            Path.of("..", "deploy", "test-cluster", "cluster").toAbsolutePath().normalize();
    private static final int MINUTES = 10;

    /** @param said standard output and standard error */
    public record Result(int status, String said) {}

    private final Path kubeconfig;

    public Helm(Cluster cluster, Path work) {
        try {
            kubeconfig = Files.writeString(work.resolve("kubeconfig"), cluster.kubeconfig());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String ok(String... arguments) throws IOException, InterruptedException {
        Result result = run(arguments);
        assertThat(result.status()).as(result.said()).isZero();
        return result.said();
    }

    public Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), "helm"));
        command.addAll(List.of(arguments));
        command.add("--kubeconfig=" + kubeconfig);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as(said).isTrue();
        return new Result(process.exitValue(), said);
    }
}
