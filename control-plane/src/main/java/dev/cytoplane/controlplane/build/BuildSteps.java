package dev.cytoplane.controlplane.build;

import dev.cytoplane.builder.BuildFailure;
import dev.cytoplane.builder.Builder;
import dev.cytoplane.builder.SourceFiles;
import dev.cytoplane.builder.Tool;
import dev.cytoplane.builder.run.Making;
import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.controlplane.artifact.Artifacts;
import dev.cytoplane.controlplane.build.descriptor.DescriptorDefaults;
import dev.cytoplane.controlplane.build.place.BuildPlace;
import dev.cytoplane.controlplane.build.place.BuildPlaces;
import dev.cytoplane.controlplane.build.place.Commission;
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
    private final BuildPlaces places;
    private final Artifacts artifacts;
    private final Releases releases;
    private final Folders folders;
    private final BuildSettings settings;
    private final BuildEnd end;

    BuildSteps(
            Commits commits,
            Repositories repositories,
            List<Builder> builders,
            BuildPlaces places,
            Artifacts artifacts,
            Releases releases,
            Folders folders,
            BuildSettings settings,
            BuildEnd end) {
        this.commits = commits;
        this.repositories = repositories;
        this.builders = builders;
        this.places = places;
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
            TreeFiles files = new TreeFiles(checkout);
            Detection detection = Detection.of(files, builders);
            progress.builder(detection.builder().name());
            progress.say("Builder: %s, since %s.".formatted(detection.builder().name(), detection.reason()));
            BuildPlace place = places.find(progress::say);
            List<Tool> tools = detection.builder().tools(files, place.toolchain());
            String key = InputKey.of(source, revision, detection.builder(), tools, place.platform());
            Optional<Release> known = build.force() ? Optional.empty() : known(source, key);
            if (known.isPresent()) {
                reuse(source, progress, known.get());
                return;
            }

            progress.next(Stage.Name.DETECT, Stage.Name.BUILD);
            Making.Made made = place.make(new Commission(
                    build.id(),
                    build.attempt(),
                    checkout,
                    files,
                    revision.time(),
                    detection.declared(),
                    detection.builder(),
                    tools,
                    folders.build(build.id()),
                    cache.folder(),
                    deadline,
                    progress::say,
                    () -> progress.next(Stage.Name.BUILD, Stage.Name.PACKAGE)));
            Descriptor descriptor = DescriptorDefaults.resolve(
                    detection.declared(), source.scope().component(), source.type(), made.product());
            Map<String, String> schemas = schemas(descriptor, files);
            Cell.Artifact artifact = new Cell.Artifact(
                    artifacts.put(made.archive()), made.product().kind(), Files.size(made.archive()));
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

    private static Map<String, String> schemas(Descriptor descriptor, SourceFiles files) {
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
