package dev.cytoplane.launcher.training;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.home.Home;
import dev.cytoplane.launcher.platform.Folders;
import dev.cytoplane.launcher.platform.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Makes the AOT cache of each service that has none that fits. The script {@code cyto} runs this in the background. */
@Command(
        name = "train",
        hidden = true,
        description = "Train the services' AOT caches; the script cyto runs this by itself.")
public final class Train implements Callable<Integer> {

    private final Session session;

    public Train(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("cyto-train");
        try {
            new Training(new Home(folder), Installation.find(), session.environment())
                    .run(name -> session.output().note("Trained " + name));
        } finally {
            Folders.delete(folder);
        }
        return 0;
    }
}
