package dev.cytoplane.launcher.keycloak;

import dev.cytoplane.launcher.platform.Folders;
import dev.cytoplane.launcher.platform.Installation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Keycloak's distribution, unpacked and built ({@code kc.sh build}) for PostgreSQL. This takes some twenty seconds of
 * computing and its result is the same for every home, so the build of this module does it, once for each version.
 * Nothing writes into the folder afterwards; homes share it.
 */
public final class KeycloakDistribution {

    /** Options that are fixed when Keycloak is built. */
    private static final List<String> BUILD = List.of(
            "build",
            "--db=postgres",
            "--health-enabled=false",
            "--metrics-enabled=false",
            "--transaction-xa-enabled=false",
            "--features-disabled=kerberos,ciba,docker,identity-brokering-api,twitter-broker,instagram-broker,"
                    + "workflows,step-up-authentication-saml");

    /**
     * What Keycloak has no option for. A connection that was idle is tried before it is used: after a restart of PostgreSQL
     * the first who signs in would else meet one that is broken.
     */
    private static final String PROPERTIES = "quarkus.datasource.jdbc.foreground-validation-interval=1S\n";

    private static final String MARKER = "cytoplane-built";
    private static final long PATIENCE_MINUTES = 10;

    private final Path folder;

    public KeycloakDistribution(Path folder) {
        this.folder = folder;
    }

    /** Called by the build: the distribution's zip and the folder to make of it. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        new KeycloakDistribution(Path.of(arguments[1])).prepare(Path.of(arguments[0]));
    }

    boolean isPrepared() {
        return Files.exists(folder.resolve(MARKER));
    }

    void prepare(Path zip) throws IOException, InterruptedException {
        String wanted = Files.size(zip) + " " + String.join(" ", BUILD) + " " + PROPERTIES;
        Path marker = folder.resolve(MARKER);
        if (Files.exists(marker) && Files.readString(marker).equals(wanted)) {
            return;
        }
        Folders.delete(folder);
        Path temporary = folder.resolveSibling("keycloak.new");
        Folders.delete(temporary);
        unzip(zip, temporary);
        Files.writeString(temporary.resolve("conf/quarkus.properties"), PROPERTIES);
        build(temporary);
        Files.writeString(temporary.resolve(MARKER), wanted);
        Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unzip(Path zip, Path target) throws IOException {
        Files.createDirectories(target);
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                // Everything is below one folder, which carries the version.
                String name = entry.getName().substring(entry.getName().indexOf('/') + 1);
                Path file = target.resolve(name).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("The archive holds a path outside of itself: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(in, file);
                }
            }
        }
    }

    private static void build(Path distribution) throws IOException, InterruptedException {
        List<String> command =
                command(distribution, List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(BUILD);
        Process process = new ProcessBuilder(command)
                .directory(distribution.toFile())
                .redirectErrorStream(true)
                .start();
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("Building Keycloak took longer than " + PATIENCE_MINUTES + " minutes");
        }
        if (process.exitValue() != 0) {
            throw new IOException("Keycloak could not be built: " + output.join());
        }
    }

    private static String read(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** What {@code kc.sh} would run, without the shell between: one process, and its pid is Keycloak's. */
    static List<String> command(Path distribution, List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(Installation.java().toString());
        command.addAll(flags);
        for (String name : List.of("java.util", "java.util.concurrent", "java.security", "java.lang")) {
            command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dquarkus-log-max-startup-records=10000",
                "-Duser.language=en",
                "-Dfile.encoding=UTF-8",
                "-Dkc.home.dir=" + distribution,
                "-Djboss.server.config.dir=" + distribution.resolve("conf"),
                "-cp",
                distribution.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
        return command;
    }
}
