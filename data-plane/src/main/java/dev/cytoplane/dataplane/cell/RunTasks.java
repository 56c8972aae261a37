package dev.cytoplane.dataplane.cell;

import dev.cytoplane.dataplane.runtime.Tasks;
import dev.cytoplane.dataplane.runtime.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Lets tasks run: of the wanted release, or of the last one while that one cannot be had. */
final class RunTasks implements Step {

    private final Tasks tasks;

    RunTasks(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public Optional<Duration> take(CellPass pass) {
        Set<String> names = new HashSet<>();
        pass.desired.forEach((name, desired) -> {
            if (desired.component.task() != null) {
                names.add(name);
            }
        });
        tasks.keep(pass.name(), names);
        return names.stream()
                .flatMap(name -> Stream.of(pass.desired, pass.last)
                        .flatMap(candidates -> Optional.ofNullable(candidates.get(name)).stream())
                        .flatMap(candidate -> workload(pass, candidate).stream())
                        .findFirst()
                        .stream())
                .flatMap(workload -> tasks.offer(workload).stream())
                .min(Comparator.naturalOrder());
    }

    private static Optional<Workload> workload(CellPass pass, CellPass.Candidate candidate) {
        Path artifact = candidate.artifact;
        Map<String, String> secrets = candidate.secrets;
        if (candidate.trouble != null || artifact == null || secrets == null || candidate.component.task() == null) {
            return Optional.empty();
        }
        return Optional.of(new Workload(
                pass.cell.metadata(),
                candidate.component,
                candidate.revision,
                artifact,
                secrets,
                candidate.connections));
    }
}
