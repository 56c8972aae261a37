package dev.cytoplane.dataplane.kubernetes.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A base image for Java, assembled from the JDK and the C library of this machine: for where no registry can be reached. It
 * holds a Java runtime, the libraries that it is linked with, and no shell.
 */
public final class JavaBase {

    private static final String USER = "65532";
    private static final String JAVA = "/opt/java";
    /** All of Java SE, and what services and their libraries use of the JDK beyond it. */
    private static final String MODULES = String.join(
            ",",
            "java.se",
            "jdk.crypto.ec",
            "jdk.httpserver",
            "jdk.jfr",
            "jdk.management",
            "jdk.naming.dns",
            "jdk.net",
            "jdk.unsupported",
            "jdk.zipfs");

    private static final Pattern LIBRARY = Pattern.compile("(/\\S+\\.so[.\\d]*)");

    private JavaBase() {}

    /**
     * @param javaHome the JDK to take
     * @param work a folder for what is made on the way; may be kept, to make the next image faster
     */
    public static void assemble(Path javaHome, Path work, Containerizer to) {
        try {
            Path runtime = work.resolve("java");
            if (!Files.exists(runtime)) {
                Files.createDirectories(work);
                run(
                        javaHome.resolve("bin/jlink").toString(),
                        "--add-modules",
                        MODULES,
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--output",
                        runtime.toString());
            }
            JibContainerBuilder image = Jib.fromScratch()
                    .setFileEntriesLayers(system(work, runtime), java(runtime))
                    .setEnvironment(Map.of("PATH", JAVA + "/bin:/usr/bin:/bin", "JAVA_HOME", JAVA, "LANG", "C.UTF-8"))
                    .setUser(USER + ":" + USER);
            Builds.run(image, to);
        } catch (IOException e) {
            throw new ImageException("The Java base image cannot be assembled: " + e.getMessage(), e);
        }
    }

    private static FileEntriesLayer java(Path runtime) throws IOException {
        return FileEntriesLayer.builder()
                .setName("java")
                .addEntryRecursive(
                        runtime,
                        AbsoluteUnixPath.get(JAVA),
                        (source, destination) -> Files.isDirectory(source) || Files.isExecutable(source)
                                ? FilePermissions.fromOctalString("755")
                                : FilePermissions.DEFAULT_FILE_PERMISSIONS)
                .build();
    }

    /** The C library and its loader, and who the user is. */
    private static FileEntriesLayer system(Path work, Path runtime) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("system");
        for (String library : libraries(runtime)) {
            layer.addEntry(
                    Path.of(library).toRealPath(),
                    AbsoluteUnixPath.get(library),
                    FilePermissions.fromOctalString("755"));
        }
        Map<String, String> files = Map.of(
                "passwd", "root:x:0:0:root:/:/none\ncytoplane:x:" + USER + ":" + USER + ":cytoplane:/tmp:/none\n",
                "group", "root:x:0:\ncytoplane:x:" + USER + ":\n",
                "nsswitch.conf", "hosts: files dns\n");
        for (String name : new TreeSet<>(files.keySet())) {
            Path file = work.resolve(name);
            Files.writeString(file, files.get(name));
            layer.addEntry(file, AbsoluteUnixPath.get("/etc/" + name));
        }
        return layer.build();
    }

    private static Set<String> libraries(Path runtime) throws IOException {
        List<Path> programs;
        try (Stream<Path> files = Files.walk(runtime)) {
            programs = files.filter(file -> file.toString().endsWith(".so") || file.endsWith("bin/java"))
                    .sorted()
                    .toList();
        }
        Set<String> libraries = new TreeSet<>();
        for (Path program : programs) {
            Matcher matcher = LIBRARY.matcher(run("ldd", program.toString()));
            while (matcher.find()) {
                if (!matcher.group(1).startsWith(runtime.toAbsolutePath().toString())) {
                    libraries.add(matcher.group(1));
                }
            }
        }
        // What draws needs a display; nothing of a cell has one.
        libraries.removeIf(library -> library.contains("libX") || library.contains("libasound"));
        return libraries;
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0 && !command[0].equals("ldd")) {
                throw new ImageException(String.join(" ", command) + ": " + said.strip(), null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageException("Interrupted", e);
        }
        return said;
    }
}
