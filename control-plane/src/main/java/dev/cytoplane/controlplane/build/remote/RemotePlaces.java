package dev.cytoplane.controlplane.build.remote;

import dev.cytoplane.builder.BuildFailure;
import dev.cytoplane.controlplane.build.BuildSettings;
import dev.cytoplane.controlplane.build.place.BuildPlace;
import dev.cytoplane.controlplane.build.place.BuildPlaces;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Data planes that build. Where none is connected a build waits; it is never executed here instead. */
@Component
public class RemotePlaces implements BuildPlaces {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Orders orders;
    private final BuildSettings settings;

    RemotePlaces(Orders orders, BuildSettings settings) {
        this.orders = orders;
        this.settings = settings;
    }

    @Override
    public BuildPlace find(Consumer<String> log) throws InterruptedException {
        long end = System.nanoTime() + settings.timeLimit().toNanos();
        for (boolean said = false; ; said = true) {
            Optional<Orders.Offer> best = orders.best();
            if (best.isPresent()) {
                return new RemotePlace(best.get(), orders, settings);
            }
            if (System.nanoTime() > end) {
                throw new BuildFailure(
                        "Builds run on data planes here, and none that builds was connected for %d minutes."
                                .formatted(settings.timeLimit().toMinutes()));
            }
            if (!said) {
                log.accept("No data plane that builds is connected now: waiting for one.");
            }
            Thread.sleep(PAUSE);
        }
    }
}
