package dev.cytoplane.dataplane.kubernetes.image;

import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.dataplane.site.StaticServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The server of static sites, as files of an image.
 *
 * @param folder with its classes
 * @param digest of them: another server makes another image
 */
record SiteServer(Path folder, String digest) {

    /** Takes it from where this program's own classes are. */
    static SiteServer copy(Path folder) {
        Path code = Path.of(StaticServer.classPath());
        try {
            if (Files.isDirectory(code)) {
                return copy(code, folder);
            }
            try (FileSystem jar = FileSystems.newFileSystem(code)) {
                return copy(jar.getPath("/"), folder);
            }
        } catch (IOException e) {
            throw new ImageException("The server of static sites cannot be read from " + code, e);
        }
    }

    private static SiteServer copy(Path root, Path folder) throws IOException {
        String name = StaticServer.class.getPackageName().replace('.', '/');
        Path target = Files.createDirectories(folder.resolve(name));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Stream<Path> files = Files.list(root.resolve(name))) {
            List<Path> classes = files.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList();
            for (Path file : classes) {
                byte[] content = Files.readAllBytes(file);
                Files.write(target.resolve(file.getFileName().toString()), content);
                all.writeBytes(content);
            }
        }
        return new SiteServer(folder, ContractJson.sha256(all.toByteArray()));
    }
}
