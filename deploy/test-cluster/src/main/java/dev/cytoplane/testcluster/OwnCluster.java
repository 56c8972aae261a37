package dev.cytoplane.testcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A cluster made by {@code deploy/test-cluster/cluster}, and taken down at the end. */
final class OwnCluster implements Provider {

    /** The variable that names a version, which is one of this folder's. */
    static final String VERSION = "CYTOPLANE_TEST_KUBERNETES";

    private static final Pattern KUBECONFIG = Pattern.compile("export KUBECONFIG=(.+)");
    private static final Pattern HOST = Pattern.compile("export CYTOPLANE_TEST_HOST=(.+)");

    private static final Pattern REGISTRY = Pattern.compile("export CYTOPLANE_TEST_REGISTRY=(.+)@(.+)");
    private static final Pattern PASSWORD = Pattern.compile("export CYTOPLANE_TEST_REGISTRY_PASSWORD=(.+)");
    private static final Pattern AUTHORITY = Pattern.compile("export CYTOPLANE_TEST_REGISTRY_CA=(.+)");

    private final String script;
    private final String name;
    private final String kubeconfig;
    private final String hostAddress;
    private final ImageRegistry registry;

    /** Starts it; the first start of a version on a machine builds it, which takes minutes. */
    OwnCluster(int number) {
        this.script = script().toString();
        this.name = "test-" + ProcessHandle.current().pid() + "-" + number;
        String version = System.getenv().getOrDefault(VERSION, "1.34");
        String answer = Command.run(script, "up", "--name", name, "--version", version);
        this.hostAddress = find(HOST, answer).group(1);
        Matcher userAtAddress = find(REGISTRY, answer);
        this.registry = new ImageRegistry(
                userAtAddress.group(2),
                userAtAddress.group(1),
                Path.of(find(PASSWORD, answer).group(1)),
                Path.of(find(AUTHORITY, answer).group(1)));
        try {
            this.kubeconfig = Files.readString(Path.of(find(KUBECONFIG, answer).group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Matcher find(Pattern pattern, String answer) {
        Matcher matcher = pattern.matcher(answer);
        if (!matcher.find()) {
            throw new IllegalStateException("cluster up did not say " + pattern + " but " + answer);
        }
        return matcher;
    }

    private static Path script() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null) {
            Path candidate = folder.resolve("deploy/test-cluster/cluster");
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
            folder = folder.getParent();
        }
        throw new IllegalStateException(
                "There is no deploy/test-cluster/cluster above " + Path.of("").toAbsolutePath());
    }

    @Override
    public String kubeconfig() {
        return kubeconfig;
    }

    @Override
    public String description() {
        return "the cluster " + name + " of deploy/test-cluster";
    }

    @Override
    public String hostAddress() {
        return hostAddress;
    }

    @Override
    public ImageRegistry registry() {
        return registry;
    }

    @Override
    public void load(Path image) {
        Command.run(script, "load", "--name", name, image.toString());
    }

    @Override
    public void restart(String process) {
        Command.run(script, "restart", "--name", name, process);
    }

    @Override
    public void tellMetrics() {
        Command.run(script, "metrics", "--name", name);
    }

    @Override
    public void bringFlux() {
        Command.run(script, "flux", "--name", name);
    }

    @Override
    public void bringArgoCd() {
        Command.run(script, "argo-cd", "--name", name);
    }

    @Override
    public void loseNode() {
        Command.run(script, "lose", "--name", name);
    }

    @Override
    public void bringNodeBack() {
        Command.run(script, "recover", "--name", name);
    }

    @Override
    public void close() {
        Command.run(script, "down", "--name", name);
    }
}
