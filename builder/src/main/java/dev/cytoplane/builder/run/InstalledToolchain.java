package dev.cytoplane.builder.run;

import dev.cytoplane.builder.BuildFailure;
import dev.cytoplane.builder.Tool;
import dev.cytoplane.builder.Toolchain;
import dev.cytoplane.contracts.json.ContractJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds tools where the settings say, else on the PATH; looks anew at each build, so that an installed one is seen. */
public final class InstalledToolchain implements Toolchain {

    private static final Pattern MAVEN_CORE = Pattern.compile("maven-core-(\\d.*)\\.jar");
    private static final Pattern JAVA_VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"([^\"]+)\"");

    private final ToolHomes homes;
    private final Map<String, String> nodeVersions = new ConcurrentHashMap<>();

    public InstalledToolchain(ToolHomes homes) {
        this.homes = homes;
    }

    @Override
    public Tool node() {
        Path node = find(homes.node(), "node").orElseThrow(() -> missing("Node.js", "cytoplane.build.node-home"));
        return new Tool("node", node, nodeVersion(node), home(node));
    }

    @Override
    public Tool npm() {
        Path npm = find(homes.node(), "npm").orElseThrow(() -> missing("npm", "cytoplane.build.node-home"));
        return new Tool("npm", npm, npmVersion(npm), home(npm));
    }

    @Override
    public Tool java() {
        Path home = Objects.requireNonNullElseGet(homes.java(), () -> Path.of(System.getProperty("java.home")));
        Path javac = home.resolve("bin").resolve("javac");
        if (!Files.isExecutable(javac)) {
            throw missing("A JDK", "cytoplane.build.java-home");
        }
        Matcher version = JAVA_VERSION.matcher(text(home.resolve("release")));
        return new Tool("java", javac.resolveSibling("java"), version.find() ? version.group(1) : "unknown", home);
    }

    @Override
    public Tool maven() {
        Path mvn = find(homes.maven(), "mvn").orElseThrow(() -> missing("Maven", "cytoplane.build.maven-home"));
        Path home = home(real(mvn));
        return new Tool("maven", mvn, mavenVersion(home), home);
    }

    private static BuildFailure missing(String tool, String setting) {
        return new BuildFailure(
                "%s is not installed on the platform's machine, and this component is built with it. Its operator can install it, or say where it is (%s)."
                        .formatted(tool, setting));
    }

    private static Optional<Path> find(@Nullable Path home, String program) {
        if (home != null && !home.toString().isBlank()) {
            return Optional.of(home.resolve("bin").resolve(program)).filter(Files::isExecutable);
        }
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Arrays.stream(path.split(":"))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path home(Path program) {
        Path folder = Objects.requireNonNull(program.getParent());
        return Objects.requireNonNullElse(folder.getParent(), folder);
    }

    private String nodeVersion(Path node) {
        return nodeVersions.computeIfAbsent(node + "@" + modified(node), key -> {
            try {
                Process process = new ProcessBuilder(node.toString(), "--version")
                        .redirectErrorStream(true)
                        .start();
                String version = new String(process.getInputStream().readNBytes(100), StandardCharsets.UTF_8).strip();
                return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? version : "unknown";
            } catch (IOException e) {
                throw new BuildFailure("Node.js cannot be started: " + e.getMessage() + ".", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "unknown";
            }
        });
    }

    /** Written in npm's own package; asking npm itself would take half a second. */
    private String npmVersion(Path npm) {
        Path packageJson = home(real(npm)).resolve("package.json");
        return Files.exists(packageJson)
                ? ContractJson.MAPPER
                        .readTree(text(packageJson))
                        .path("version")
                        .asString("unknown")
                : "unknown";
    }

    private static String mavenVersion(Path home) {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(home.resolve("lib"), "maven-core-*.jar")) {
            for (Path jar : jars) {
                Matcher name = MAVEN_CORE.matcher(jar.getFileName().toString());
                if (name.matches()) {
                    return name.group(1);
                }
            }
            return "unknown";
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String modified(Path path) {
        try {
            return Files.getLastModifiedTime(path).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
