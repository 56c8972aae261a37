package dev.cytoplane.dataplane.kubernetes.image;

import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What programs of this machine need of it in an image of their own: the C library and its loader, the libraries that they
 * are linked with, and who the user is. No shell.
 */
final class SystemLayer {

    static final String USER = "65532";
    private static final int PATIENCE_SECONDS = 120;
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+\\.so[.\\d]*)");

    private SystemLayer() {}

    /**
     * An image with one program in it.
     *
     * @param work a folder for what is made on the way
     * @param linked the files of the program that are linked with libraries
     * @param own the program's layer
     */
    static JibContainerBuilder with(Path work, List<Path> linked, FileEntriesLayer own, Map<String, String> environment)
            throws IOException {
        Map<String, String> all = new TreeMap<>(environment);
        all.put("LANG", "C.UTF-8");
        return Jib.fromScratch()
                .setFileEntriesLayers(of(work, work, linked), own)
                .setEnvironment(all)
                .setUser(USER + ":" + USER);
    }

    /**
     * @param work a folder for what is made on the way
     * @param own whose libraries are in a layer of their own
     */
    static FileEntriesLayer of(Path work, Path own, List<Path> linked) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("system");
        for (String library : libraries(own, linked)) {
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
            // Whole at once: somebody else may work in the same folder.
            Path fresh = Files.createTempFile(Files.createDirectories(work), name, null);
            Files.writeString(fresh, files.get(name));
            Path file = Files.move(
                    fresh, work.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            layer.addEntry(file, AbsoluteUnixPath.get("/etc/" + name));
        }
        return layer.build();
    }

    private static Set<String> libraries(Path own, List<Path> linked) throws IOException {
        Set<String> libraries = new TreeSet<>();
        for (Path program : linked) {
            Matcher matcher = LIBRARY.matcher(say(false, "ldd", program.toString()));
            while (matcher.find()) {
                libraries.add(matcher.group(1));
            }
        }
        // The program's own are in its layer.
        libraries.removeIf(library -> library.startsWith(own.toAbsolutePath().toString()));
        // What draws needs a display; nothing of a cell has one.
        libraries.removeIf(library -> library.contains("libX") || library.contains("libasound"));
        return libraries;
    }

    /** What a program of this machine says. */
    static String run(String... command) throws IOException {
        return say(true, command);
    }

    private static String say(boolean mustSucceed, String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || mustSucceed && process.exitValue() != 0) {
                throw new ImageException(String.join(" ", command) + ": " + said.strip(), null);
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageException("Interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
