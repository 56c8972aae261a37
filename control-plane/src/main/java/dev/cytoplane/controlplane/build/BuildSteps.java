package dev.cytoplane.controlplane.build;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.controlplane.artifact.Artifacts;
import dev.cytoplane.controlplane.build.archive.ArtifactArchive;
import dev.cytoplane.controlplane.build.builder.BuildFailure;
import dev.cytoplane.controlplane.build.builder.Builder;
import dev.cytoplane.controlplane.build.builder.Product;
import dev.cytoplane.controlplane.build.builder.Tool;
import dev.cytoplane.controlplane.build.builder.Toolchain;
import dev.cytoplane.controlplane.build.descriptor.DescriptorDefaults;
import dev.cytoplane.controlplane.build.process.Limits;
import dev.cytoplane.controlplane.release.Release;
import dev.cytoplane.controlplane.release.ReleaseInput;
import dev.cytoplane.controlplane.release.Releases;
import dev.cytoplane.controlplane.source.Checkout;
import dev.cytoplane.controlplane.source.ComponentSource;
import dev.cytoplane.controlplane.source.Repositories;
import dev.cytoplane.controlplane.source.Revision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;
import org.springframework.stereotype.Component;

/** A build as a list of steps: find the commit, choose a builder, build, pack, register. */
@Component
class BuildSteps {

    private final Commits commits;
    private final Repositories repositories;
    private final List<Builder> builders;
    private final Toolchain toolchain;
    private final Artifacts artifacts;
    private final Releases releases;
    private final Folders folders;
    private final BuildSettings settings;
    private final BuildEnd end;

    BuildSteps(
            Commits commits,
            Repositories repositories,
            List<Builder> builders,
            Toolchain toolchain,
            Artifacts artifacts,
            Releases releases,
            Folders folders,
            BuildSettings settings,
            BuildEnd end) {
        this.commits = commits;
        this.repositories = repositories;
        this.builders = builders;
        this.toolchain = toolchain;
        this.artifacts = artifacts;
        this.releases = releases;
        this.folders = folders;
        this.settings = settings;
        this.end = end;
    }

    void run(Build build, ComponentSource source, Caches.Use cache, Progress progress, BuildRunner.Stop stop)
            throws InterruptedException {
        long deadline = System.nanoTime() + settings.timeLimit().toNanos();
        try (Repository repository = repositories.open(source)) {
            progress.start(Stage.Name.CHECKOUT);
            Revision revision = commits.find(build, source, repository, progress, stop);
            progress.commit(revision.commit());
            progress.say("Commit %s: %s".formatted(revision.commit().substring(0, 12), revision.summary()));

            progress.next(Stage.Name.CHECKOUT, Stage.Name.DETECT);
            Checkout checkout = new Checkout(repository, revision.tree());
            Detection detection = Detection.of(new TreeFiles(checkout), builders);
            List<Tool> tools = detection.builder().tools(new TreeFiles(checkout), toolchain);
            progress.builder(detection.builder().name());
            progress.say("Builder: %s, since %s.".formatted(detection.builder().name(), detection.reason()));
            String key = InputKey.of(source, revision, detection.builder(), tools);
            Optional<Release> known = build.force() ? Optional.empty() : known(source, key);
            if (known.isPresent()) {
                reuse(source, progress, known.get());
                return;
            }

            progress.next(Stage.Name.DETECT, Stage.Name.BUILD);
            Path folder = folders.build(build.id());
            BuildWorkspace workspace = workspace(
                    build, cache, revision, detection, new TreeFiles(checkout), tools, folder, deadline, progress);
            checkOut(checkout, folder, progress);
            Product product = detection.builder().build(workspace);

            progress.next(Stage.Name.BUILD, Stage.Name.PACKAGE);
            Descriptor descriptor = DescriptorDefaults.resolve(
                    detection.declared(), source.scope().component(), source.type(), product);
            Map<String, String> schemas = schemas(descriptor, workspace.files());
            Cell.Artifact artifact = pack(product, folder.resolve("artifact.tar.gz"));
            progress.say("Packed %d KB.".formatted(Math.max(1, artifact.sizeBytes() >> 10)));
            interruptible();

            progress.next(Stage.Name.PACKAGE, Stage.Name.RELEASE);
            end.succeed(
                    source,
                    progress,
                    new ReleaseInput(
                            source.scope().organizationId(),
                            source.scope().componentId(),
                            revision.commit(),
                            detection.builder().name(),
                            artifact,
                            descriptor,
                            schemas,
                            key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Release> known(ComponentSource source, String key) {
        return releases.findByInputKey(source.scope().componentId(), key)
                .filter(release -> artifacts.find(release.artifact().digest()).isPresent());
    }

    private void reuse(ComponentSource source, Progress progress, Release release) {
        progress.say("Nothing that matters has changed since release %s: it is used again.".formatted(release.id()));
        progress.end(Stage.Name.DETECT);
        progress.skip(Stage.Name.BUILD);
        progress.skip(Stage.Name.PACKAGE);
        progress.start(Stage.Name.RELEASE);
        end.succeed(source, progress, release);
    }

    private BuildWorkspace workspace(
            Build build,
            Caches.Use use,
            Revision revision,
            Detection detection,
            TreeFiles files,
            List<Tool> tools,
            Path folder,
            long deadline,
            Progress progress)
            throws IOException {
        Path cache = use.folder().resolve(detection.builder().name());
        Path home = use.folder().resolve("home");
        for (Path needed : List.of(cache, home, BuildWorkspace.checkout(folder), BuildWorkspace.temporary(folder))) {
            Files.createDirectories(needed);
        }
        return new BuildWorkspace(
                build.id(),
                files,
                folder,
                cache,
                home,
                revision.time(),
                detection.declared(),
                toolchain,
                tools,
                new Limits(
                        deadline,
                        settings.timeLimit(),
                        settings.memoryLimit().toBytes(),
                        settings.diskLimit().toBytes(),
                        folder),
                progress::say);
    }

    private void checkOut(Checkout checkout, Path folder, Progress progress) throws InterruptedException {
        for (String submodule : checkout.writeTo(
                BuildWorkspace.checkout(folder), settings.diskLimit().toBytes())) {
            progress.say("The submodule %s is left out: submodules are not fetched.".formatted(submodule));
        }
    }

    private Cell.Artifact pack(Product product, Path archive) throws IOException {
        ArtifactArchive.write(product.root(), product.paths(), archive);
        long size = Files.size(archive);
        if (size > settings.diskLimit().toBytes()) {
            throw new BuildFailure("The artifact is larger than %d MB (limit cytoplane.build.disk-limit)."
                    .formatted(settings.diskLimit().toMegabytes()));
        }
        return new Cell.Artifact(artifacts.put(archive), product.kind(), size);
    }

    private static Map<String, String> schemas(
            Descriptor descriptor, dev.cytoplane.controlplane.build.builder.SourceFiles files) {
        Map<String, String> schemas = new LinkedHashMap<>();
        if (descriptor.endpoints() != null) {
            for (Descriptor.Endpoint endpoint : descriptor.endpoints()) {
                if (endpoint.schema() != null) {
                    schemas.put(
                            endpoint.name(),
                            files.text(endpoint.schema())
                                    .orElseThrow(() -> new BuildFailure(
                                            "The endpoint %s names the schema %s, and there is no such file."
                                                    .formatted(endpoint.name(), endpoint.schema()))));
                }
            }
        }
        return schemas;
    }

    private static void interruptible() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
