package dev.cytoplane.launcher.training;

import dev.cytoplane.cli.home.Home;
import dev.cytoplane.launcher.platform.Folders;
import dev.cytoplane.launcher.platform.Installation;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes what the control plane's image starts with, in a folder. {@code deploy/kubernetes/images} runs this. */
public final class TrainImage {

    private TrainImage() {}

    public static void main(String[] arguments) throws Exception {
        Path to = Files.createDirectories(Path.of(arguments[0])).toAbsolutePath();
        Path work = Files.createTempDirectory("cyto-train");
        try {
            new Training(new Home(work.resolve("home")), Installation.find(), System.getenv())
                    .image(Files.createDirectory(work.resolve("lib")), to);
        } finally {
            Folders.delete(work);
        }
    }
}
