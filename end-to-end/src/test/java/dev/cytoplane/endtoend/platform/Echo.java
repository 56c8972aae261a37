package dev.cytoplane.endtoend.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Java service that tells what it received and calls where it is told to. It needs no more than the JDK. */
public final class Echo {

    /** Its descriptor with one public endpoint. */
    public static final String PUBLIC = """
            apiVersion: cytoplane.dev/v1alpha1
            kind: Component
            type: service
            run:
              command: [java, -XX:+UseSerialGC, -XX:TieredStopAtLevel=1, -Xmx32m, -jar, target/echo.jar]
            endpoints:
              - name: http
                visibility: public
            probes:
              readiness: {path: /health}
            """;

    private static final String SOURCE = "src/main/java/echo/Echo.java";

    private final Path original;

    private Echo(Platform platform) {
        this.original = platform.root().resolve("end-to-end/src/test/echo");
    }

    /** A working tree of it, which answers {@code version} at {@code /version}. */
    public static Git tree(Platform platform, Sandbox sandbox, String version, String descriptor) {
        var echo = new Echo(platform);
        Git git = Git.init(sandbox.temporary("echo"))
                .write("pom.xml", echo.read("pom.xml"))
                .write("mvnw", echo.read("mvnw"));
        return change(platform, git, version, descriptor);
    }

    public static Git change(Platform platform, Git git, String version, String descriptor) {
        String source = new Echo(platform).read(SOURCE).replace("@VERSION@", version);
        git.write(SOURCE, source).write("cytoplane.yaml", descriptor).commit("Version " + version);
        return git;
    }

    private String read(String file) {
        try {
            return Files.readString(original.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
