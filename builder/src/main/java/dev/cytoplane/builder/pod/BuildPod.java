package dev.cytoplane.builder.pod;

import dev.cytoplane.builder.BuildFailure;
import dev.cytoplane.builder.Builder;
import dev.cytoplane.builder.Tool;
import dev.cytoplane.builder.Toolchain;
import dev.cytoplane.builder.archive.SourceArchive;
import dev.cytoplane.builder.process.Limits;
import dev.cytoplane.builder.run.BuildWorkspace;
import dev.cytoplane.builder.run.Builders;
import dev.cytoplane.builder.run.FolderFiles;
import dev.cytoplane.builder.run.InstalledToolchain;
import dev.cytoplane.builder.run.Making;
import dev.cytoplane.builder.run.ToolHomes;
import dev.cytoplane.contracts.build.BuildResult;
import dev.cytoplane.contracts.build.BuildTask;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The program of a build's pod. It ends with 0 when it has told how the build went, or when nobody wants to know any more.
 *
 * <p>Environment: {@code CYTOPLANE_BUILD_LINK}, the URL of the build's operations, which ends with the build's id. Files: the
 * token and the platform's roots in {@code /order}; it writes to {@code /build} and {@code /cache}.
 */
public final class BuildPod {

    private final Folders folders;
    private final ToolHomes homes;
    private final ControlPlane controlPlane;
    private final UUID build;

    /**
     * @param order with the files {@code token} and {@code roots.pem}
     * @param work is empty
     * @param cache for what a builder would keep for the next time: nothing does here
     */
    public record Folders(Path order, Path work, Path cache) {}

    private BuildPod(Folders folders, ToolHomes homes, ControlPlane controlPlane, UUID build) {
        this.folders = folders;
        this.homes = homes;
        this.controlPlane = controlPlane;
        this.build = build;
    }

    public static void main(String[] arguments) {
        int code;
        try {
            run(
                    URI.create(System.getenv("CYTOPLANE_BUILD_LINK")),
                    new Folders(Path.of("/order"), Path.of("/build"), Path.of("/cache")),
                    new ToolHomes(null, null, null));
            code = 0;
        } catch (Unwanted e) {
            System.out.println("Nobody wants this build any more: " + e.getMessage());
            code = 0;
        } catch (IOException | InterruptedException | RuntimeException e) {
            // The last line is what the data plane tells of it.
            System.out.println("The build's pod cannot go on: " + e);
            code = 1;
        }
        System.exit(code);
    }

    /**
     * @param link the URL of the build's operations
     * @throws Unwanted when another pod has this build, or it is over
     */
    public static void run(URI link, Folders folders, ToolHomes homes) throws IOException, InterruptedException {
        String path = link.getPath();
        try (ControlPlane controlPlane = new ControlPlane(
                link,
                Files.readString(folders.order().resolve("token")).strip(),
                UUID.randomUUID().toString(),
                ControlPlaneTrust.of(folders.order().resolve("roots.pem")))) {
            new BuildPod(folders, homes, controlPlane, UUID.fromString(path.substring(path.lastIndexOf('/') + 1)))
                    .run();
        }
    }

    private void run() throws IOException, InterruptedException {
        BuildTask task = controlPlane.task();
        long killed = OutOfMemory.kills();
        Thread worker = Thread.currentThread();
        BuildResult result;
        try (PodLog log = new PodLog(controlPlane, worker::interrupt)) {
            result = built(task, log, killed);
        }
        controlPlane.result(result);
    }

    private BuildResult built(BuildTask task, PodLog log, long killed) throws IOException, InterruptedException {
        try {
            Making.Made made = make(task, log);
            controlPlane.artifact(made.archive());
            return new BuildResult.Built(
                    digest(made.archive()),
                    made.product().kind(),
                    made.product().command(),
                    made.product().environment(),
                    made.product().type());
        } catch (BuildFailure e) {
            if (OutOfMemory.kills() > killed) {
                return new BuildResult.Failed(
                        "The build used more than %d MB of memory (limit cytoplane.build.memory-limit)."
                                .formatted(task.memory() >> 20));
            }
            return new BuildResult.Failed(String.valueOf(e.getMessage()));
        } catch (Unwanted e) {
            throw e;
        } catch (IOException e) {
            return new BuildResult.Failed("The build's pod cannot use its folders: %s.".formatted(e.getMessage()));
        }
    }

    private Making.Made make(BuildTask task, PodLog log) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(task.seconds()).toNanos();
        Path folder = folders.work();
        Path checkout = BuildWorkspace.checkout(folder);
        Path cache = folders.cache().resolve("builder");
        Path home = folders.cache().resolve("home");
        for (Path needed : List.of(checkout, BuildWorkspace.temporary(folder), cache, home)) {
            Files.createDirectories(needed);
        }
        Path archive = folder.resolve("source.tar.gz");
        controlPlane.source(archive);
        SourceArchive.unpack(archive, checkout);
        Files.delete(archive);

        Toolchain toolchain = new InstalledToolchain(homes);
        FolderFiles files = new FolderFiles(checkout);
        Builder builder = Builders.all(Optional.empty(), Optional.empty()).stream()
                .filter(it -> it.name().equals(task.builder()))
                .findFirst()
                .orElseThrow(
                        () -> new BuildFailure("The build image knows no builder %s: it is older than the platform."
                                .formatted(task.builder())));
        List<Tool> tools = builder.tools(files, toolchain);
        requireSame(task, tools);
        return Making.make(
                builder,
                new BuildWorkspace(
                        build,
                        files,
                        folder,
                        cache,
                        home,
                        task.commitTime(),
                        task.descriptor(),
                        toolchain,
                        tools,
                        new Limits(deadline, Duration.ofSeconds(task.seconds()), task.memory(), task.disk(), folder),
                        log,
                        false),
                () -> {});
    }

    /** They are part of what the release is known by. */
    private static void requireSame(BuildTask task, List<Tool> tools) {
        List<String> here =
                tools.stream().map(tool -> tool.name() + " " + tool.version()).toList();
        if (!here.equals(task.tools())) {
            throw new BuildFailure(
                    "The build image has %s, and its data plane says %s: cytoplane.data-plane.builds.tools has to say what is there."
                            .formatted(String.join(", ", here), String.join(", ", task.tools())));
        }
    }

    private static String digest(Path file) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(
                                    ((DigestInputStream) in).getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
