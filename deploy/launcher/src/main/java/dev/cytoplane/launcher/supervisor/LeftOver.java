package dev.cytoplane.launcher.supervisor;

import dev.cytoplane.cli.home.Home;
import dev.cytoplane.launcher.service.Service;
import dev.cytoplane.process.Processes;
import dev.cytoplane.process.RunningProcess;
import dev.cytoplane.process.Sighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Services that run although their supervisor was killed. */
public final class LeftOver {

    private static final Duration GRACE = Duration.ofSeconds(20);

    private LeftOver() {}

    /** Ends them, those started last first. Must not be called while a supervisor runs. @return their names */
    public static List<String> end(Home home, List<Service> services) {
        List<String> ended = new ArrayList<>();
        try (Processes processes = new Processes(home.folder("run/processes"))) {
            for (Service service : services.reversed()) {
                Optional<RunningProcess> left = processes.adopt(service.name());
                if (left.isPresent()) {
                    service.stop(left.get());
                    ended.add(service.name());
                }
                service.sweep();
            }
            ended.addAll(processes.endOrphans(List.of(), GRACE).join());
        }
        return ended;
    }

    /** What there is, without touching it. */
    public static List<Sighting> seen(Home home) {
        return Sighting.of(home.file("run/processes"));
    }
}
