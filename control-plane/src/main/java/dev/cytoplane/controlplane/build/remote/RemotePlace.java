package dev.cytoplane.controlplane.build.remote;

import dev.cytoplane.builder.BuildFailure;
import dev.cytoplane.builder.FileTree;
import dev.cytoplane.builder.Product;
import dev.cytoplane.builder.Toolchain;
import dev.cytoplane.builder.archive.ArtifactArchive;
import dev.cytoplane.builder.run.BuildWorkspace;
import dev.cytoplane.builder.run.Making;
import dev.cytoplane.contracts.build.BuildReport;
import dev.cytoplane.contracts.build.BuildResult;
import dev.cytoplane.contracts.build.BuildTask;
import dev.cytoplane.controlplane.build.BuildSettings;
import dev.cytoplane.controlplane.build.place.BuildPlace;
import dev.cytoplane.controlplane.build.place.Commission;
import dev.cytoplane.controlplane.build.place.LostBuild;
import dev.cytoplane.controlplane.build.place.ThisMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A data plane that executes builds in Jobs. */
final class RemotePlace implements BuildPlace {

    /** For a pod to be scheduled, and its image to be pulled. */
    private static final Duration START = Duration.ofMinutes(5);
    /** The pod keeps to the time itself, and has something to say of it. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Orders.Offer offer;
    private final Orders orders;
    private final BuildSettings settings;

    RemotePlace(Orders.Offer offer, Orders orders, BuildSettings settings) {
        this.offer = offer;
        this.orders = orders;
        this.settings = settings;
    }

    @Override
    public Toolchain toolchain() {
        return new TheirTools(offer.dataPlane(), offer.report().tools());
    }

    @Override
    public String platform() {
        return offer.report().platform();
    }

    @Override
    public Making.Made make(Commission commission) throws InterruptedException, IOException {
        Order order = new Order(
                commission.build(),
                commission.attempt(),
                offer.dataPlane(),
                token(),
                task(commission),
                source(commission),
                commission.folder().resolve("artifact.tar.gz"),
                commission.log());
        place(order, commission);
        try {
            return new Making.Made(await(order, commission), order.artifact());
        } finally {
            orders.withdraw(order);
        }
    }

    private Path source(Commission commission) throws InterruptedException, IOException {
        Path folder = Files.createDirectories(BuildWorkspace.checkout(commission.folder()));
        ThisMachine.checkOut(commission, settings);
        Path archive = commission.folder().resolve("source.tar.gz");
        ArtifactArchive.write(folder, List.of(), archive);
        FileTree.delete(folder);
        return archive;
    }

    private BuildTask task(Commission commission) {
        return new BuildTask(
                commission.builder().name(),
                commission.commitTime(),
                commission.declared(),
                commission.tools().stream()
                        .map(tool -> tool.name() + " " + tool.version())
                        .toList(),
                Math.toIntExact(settings.timeLimit().toSeconds()),
                settings.memoryLimit().toBytes(),
                settings.diskLimit().toBytes());
    }

    private static String token() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private void place(Order order, Commission commission) throws InterruptedException {
        long end = System.nanoTime() + settings.timeLimit().toNanos();
        for (boolean said = false; !orders.place(order); said = true) {
            if (!said) {
                commission.log().accept("The data plane %s has no room: waiting.".formatted(offer.dataPlane()));
            }
            if (System.nanoTime() > end) {
                throw new BuildFailure("The data plane %s had no room for this build for %d minutes."
                        .formatted(offer.dataPlane(), settings.timeLimit().toMinutes()));
            }
            Thread.sleep(PAUSE);
        }
        commission.log().accept("Runs as a Job of the data plane %s.".formatted(offer.dataPlane()));
    }

    private Product await(Order order, Commission commission) throws InterruptedException {
        boolean begun = false;
        String waits = null;
        long end = System.nanoTime() + START.toNanos();
        while (true) {
            Optional<News> news = order.await(Duration.ofNanos(end - System.nanoTime()));
            if (news.isEmpty()) {
                throw new BuildFailure(begun ? tooLong() : neverBegan(waits));
            }
            switch (news.get()) {
                case News.Begun() -> {
                    begun = true;
                    end = System.nanoTime()
                            + settings.timeLimit().plus(LAST_WORDS).toNanos();
                }
                case News.Packed() -> commission.built().run();
                case News.Ended(BuildResult.Failed(String message)) -> throw new BuildFailure(message);
                case News.Ended(BuildResult.Built built) -> {
                    return product(built, commission.folder());
                }
                case News.Seen(BuildReport.Seen seen) -> {
                    String said = seen.message();
                    if (seen.phase() == BuildReport.Phase.WAITING && said != null && !said.equals(waits)) {
                        waits = said;
                        commission.log().accept("It waits: " + said);
                    }
                    require(seen);
                }
            }
        }
    }

    private static void require(BuildReport.Seen seen) {
        String said = Objects.requireNonNullElse(seen.message(), "");
        switch (seen.phase()) {
            case WAITING, RUNNING -> {}
            case FAILED -> throw new BuildFailure(said);
            case ENDED -> throw new LostBuild(("The build's pod ended and did not say how it went. " + said).strip());
            case LOST -> throw new LostBuild(said);
        }
    }

    private String tooLong() {
        return "The build took longer than %d minutes (limit cytoplane.build.time-limit)."
                .formatted(settings.timeLimit().toMinutes());
    }

    private String neverBegan(@Nullable String waits) {
        return "The build did not begin on the data plane %s within %d minutes%s"
                .formatted(offer.dataPlane(), START.toMinutes(), waits == null ? "." : ": " + waits);
    }

    private static Product product(BuildResult.Built built, Path folder) {
        return new Product(built.kind(), folder, List.of(), built.command(), built.environment(), built.component());
    }
}
