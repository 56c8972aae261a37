package dev.cytoplane.launcher.supervisor;

import dev.cytoplane.cli.home.Home;
import dev.cytoplane.process.ProcessSpec;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.TreeMap;

/** How each running process was started: command, environment, and the program files' times. In {@code run/<service>.launch}. */
final class Fingerprints {

    private final Path folder;

    Fingerprints(Home home) {
        this.folder = home.folder("run");
    }

    boolean matches(ProcessSpec specification) throws IOException {
        Path file = file(specification);
        return Files.exists(file) && Files.readString(file).equals(of(specification));
    }

    void remember(ProcessSpec specification) throws IOException {
        Home.write(file(specification), of(specification).getBytes(StandardCharsets.UTF_8));
    }

    private Path file(ProcessSpec specification) {
        return folder.resolve(specification.id() + ".launch");
    }

    private static String of(ProcessSpec specification) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(specification.command()).append(new TreeMap<>(specification.environment()));
        for (String argument : specification.command()) {
            for (String path : argument.split(File.pathSeparator)) {
                if (path.endsWith(".jar") && Files.exists(Path.of(path))) {
                    text.append(Files.getLastModifiedTime(Path.of(path)).toMillis())
                            .append(',');
                }
            }
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
