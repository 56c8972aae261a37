package dev.cytoplane.controlplane.build.place;

import dev.cytoplane.builder.Toolchain;
import dev.cytoplane.builder.process.Limits;
import dev.cytoplane.builder.run.BuildWorkspace;
import dev.cytoplane.builder.run.InstalledToolchain;
import dev.cytoplane.builder.run.Making;
import dev.cytoplane.builder.run.ToolHomes;
import dev.cytoplane.controlplane.build.BuildSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Builds are processes of the platform's user, with the tools of this machine. */
public final class ThisMachine implements BuildPlaces, BuildPlace {

    private final BuildSettings settings;
    private final Toolchain toolchain;

    public ThisMachine(BuildSettings settings) {
        this.settings = settings;
        this.toolchain =
                new InstalledToolchain(new ToolHomes(settings.javaHome(), settings.nodeHome(), settings.mavenHome()));
    }

    @Override
    public BuildPlace find(Consumer<String> log) {
        return this;
    }

    @Override
    public Toolchain toolchain() {
        return toolchain;
    }

    @Override
    public String platform() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }

    @Override
    public Making.Made make(Commission commission) throws InterruptedException, IOException {
        Path folder = commission.folder();
        Path cache = commission.cache().resolve(commission.builder().name());
        Path home = commission.cache().resolve("home");
        for (Path needed : List.of(cache, home, BuildWorkspace.checkout(folder), BuildWorkspace.temporary(folder))) {
            Files.createDirectories(needed);
        }
        checkOut(commission, settings);
        BuildWorkspace workspace = new BuildWorkspace(
                commission.build(),
                commission.files(),
                folder,
                cache,
                home,
                commission.commitTime(),
                commission.declared(),
                toolchain,
                commission.tools(),
                new Limits(
                        commission.deadline(),
                        settings.timeLimit(),
                        settings.memoryLimit().toBytes(),
                        settings.diskLimit().toBytes(),
                        folder),
                commission.log(),
                true);
        return Making.make(commission.builder(), workspace, commission.built());
    }

    /** Into its folder, which exists. */
    public static void checkOut(Commission commission, BuildSettings settings) throws InterruptedException {
        for (String submodule : commission
                .checkout()
                .writeTo(
                        BuildWorkspace.checkout(commission.folder()),
                        settings.diskLimit().toBytes())) {
            commission.log().accept("The submodule %s is left out: submodules are not fetched.".formatted(submodule));
        }
    }
}
