package dev.cytoplane.controlplane.cell;

import static java.util.Objects.requireNonNullElse;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.Concurrency;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.controlplane.cell.CellInput.DeclaredCaller;
import dev.cytoplane.controlplane.cell.CellInput.DeployedComponent;
import dev.cytoplane.controlplane.cell.CellInput.KnownTarget;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns what is deployed into the Cell document. A pure function: the same input, in any order, gives the same bytes.
 * Linear in components, callers and targets, but for sorting.
 */
public final class CellCompiler {

    private static final Probe READINESS = new Probe(5, 2, 3, 60);
    private static final int GRACE_SECONDS = 10;
    private static final int MOST_GRACE_SECONDS = 300;
    private static final int TASK_SECONDS = 3_600;
    private static final int MOST_TASK_SECONDS = 86_400;
    private static final int MOST_RETRIES = 10;

    private record Probe(int period, int timeout, int failures, int startup) {}

    private CellCompiler() {}

    public static Cell.Spec compile(CellInput input) {
        Wiring wiring = new Wiring(input);
        return new Cell.Spec(
                input.place().identity(),
                input.place().host(),
                input.place().tokenIssuer(),
                input.components().stream()
                        .sorted(Comparator.comparing(DeployedComponent::name))
                        .map(component -> component(component, wiring))
                        .toList());
    }

    private static Cell.Component component(DeployedComponent component, Wiring wiring) {
        Descriptor descriptor = component.descriptor();
        Descriptor.Run run = descriptor.run();
        Descriptor.Scale scale = descriptor.scale();
        Cell.Autoscaling autoscaling = Instances.byLoad(component).orElse(null);
        return new Cell.Component(
                component.name(),
                component.type(),
                component.release(),
                component.artifact(),
                command(component),
                environment(component),
                component.secrets().stream()
                        .sorted(Comparator.comparing(Cell.SealedSecret::variable))
                        .toList(),
                wiring.endpoints(component),
                wiring.connections(component),
                probes(descriptor.probes()),
                autoscaling == null ? Instances.fixed(component) : autoscaling.minInstances(),
                scale == null || scale.memory() == null ? null : Quantity.bytes(scale.memory()),
                scale == null || scale.cpu() == null ? null : Quantity.milliCpu(scale.cpu()),
                clamp(run == null ? null : run.gracePeriodSeconds(), GRACE_SECONDS, 0, MOST_GRACE_SECONDS),
                component.operation().restart() == 0
                        ? null
                        : component.operation().restart(),
                component.type().isTask() ? task(descriptor.task()) : null,
                autoscaling);
    }

    private static Cell.Task task(Descriptor.@Nullable Task task) {
        return task == null
                ? new Cell.Task(null, "UTC", Concurrency.FORBID, TASK_SECONDS, 0)
                : new Cell.Task(
                        task.schedule(),
                        requireNonNullElse(task.timeZone(), "UTC"),
                        requireNonNullElse(task.concurrency(), Concurrency.FORBID),
                        clamp(task.timeoutSeconds(), TASK_SECONDS, 1, MOST_TASK_SECONDS),
                        clamp(task.retries(), 0, 0, MOST_RETRIES));
    }

    private static List<String> command(DeployedComponent component) {
        Descriptor.Run run = component.descriptor().run();
        boolean served = component.artifact().kind() == Cell.Artifact.Kind.STATIC;
        return served || run == null ? List.of() : requireNonNullElse(run.command(), List.of());
    }

    /** What is fixed in the descriptor, under its settings' defaults, under the environment's own values. */
    private static Map<String, String> environment(DeployedComponent component) {
        Descriptor descriptor = component.descriptor();
        Map<String, String> environment = new TreeMap<>();
        if (descriptor.run() != null && descriptor.run().environment() != null) {
            environment.putAll(descriptor.run().environment());
        }
        for (Descriptor.Setting setting :
                requireNonNullElse(descriptor.configuration(), List.<Descriptor.Setting>of())) {
            if (setting.value() != null) {
                environment.put(setting.name(), setting.value());
            }
        }
        environment.putAll(component.configuration());
        component.secrets().forEach(secret -> environment.remove(secret.variable()));
        return environment;
    }

    private static Cell.Probes probes(Descriptor.@Nullable Probes probes) {
        Descriptor.Probe readiness = probes == null ? null : probes.readiness();
        Descriptor.Probe liveness = probes == null ? null : probes.liveness();
        return new Cell.Probes(probe(readiness), liveness == null ? null : probe(liveness));
    }

    private static Cell.Probe probe(Descriptor.@Nullable Probe probe) {
        if (probe == null) {
            return new Cell.Probe(null, READINESS.period, READINESS.timeout, READINESS.failures, READINESS.startup);
        }
        return new Cell.Probe(
                probe.path(),
                clamp(probe.periodSeconds(), READINESS.period, 1, 3600),
                clamp(probe.timeoutSeconds(), READINESS.timeout, 1, 600),
                clamp(probe.failureThreshold(), READINESS.failures, 1, 100),
                clamp(probe.startupSeconds(), READINESS.startup, 1, 3600));
    }

    private static int clamp(@Nullable Integer value, int otherwise, int least, int most) {
        return Math.clamp(value == null ? otherwise : value, least, most);
    }

    /** Looks up who calls and who is called. */
    private static final class Wiring {

        private record Key(String project, String component, String endpoint) {}

        private final CellPlace place;
        private final Map<Key, List<Cell.Caller>> callers = new HashMap<>();
        private final Map<Key, KnownTarget> targets = new HashMap<>();

        Wiring(CellInput input) {
            place = input.place();
            input.callers().stream()
                    .distinct()
                    .sorted(Comparator.comparing(DeclaredCaller::project))
                    .forEach(caller -> callers.computeIfAbsent(
                                    new Key(place.project(), caller.component(), caller.endpoint()),
                                    key -> new ArrayList<>())
                            .add(new Cell.Caller(place.nameOf(caller.project()), place.identityOf(caller.project()))));
            for (KnownTarget target : input.targets()) {
                targets.put(new Key(target.project(), target.component(), target.endpoint()), target);
            }
        }

        /** In the order of the descriptor: the first is the one that a component hears of as PORT. */
        List<Cell.Endpoint> endpoints(DeployedComponent component) {
            return Offers.endpoints(component.name(), component.type(), component.descriptor()).stream()
                    .map(endpoint -> new Cell.Endpoint(
                            endpoint.name(),
                            endpoint.protocol(),
                            endpoint.port(),
                            endpoint.basePath(),
                            endpoint.visibility(),
                            endpoint.path(),
                            endpoint.security(),
                            endpoint.isOfferedToOtherCells()
                                    ? callers.getOrDefault(
                                            new Key(place.project(), component.name(), endpoint.name()), List.of())
                                    : List.of()))
                    .toList();
        }

        List<Cell.Connection> connections(DeployedComponent component) {
            return Offers.connections(component.descriptor()).stream()
                    .sorted(Comparator.comparing(Offers.Connection::name))
                    .map(this::connection)
                    .toList();
        }

        private Cell.Connection connection(Offers.Connection connection) {
            String name = connection.name();
            String variable = connection.variable();
            return switch (connection.target()) {
                case Offers.Target.Host host ->
                    new Cell.Connection(name, variable, null, null, new Cell.External(host.url()));
                case Offers.Target.Component target
                when isInside(target) ->
                    new Cell.Connection(
                            name, variable, new Cell.SameCell(target.component(), target.endpoint()), null, null);
                case Offers.Target.Component target ->
                    new Cell.Connection(name, variable, null, otherCell(target), null);
            };
        }

        private boolean isInside(Offers.Target.Component target) {
            return target.project() == null || target.project().equals(place.project());
        }

        /** A target that is not there yet has a path all the same: the gateway answers 503 until it is. */
        private Cell.OtherCell otherCell(Offers.Target.Component target) {
            String project = requireNonNullElse(target.project(), place.project());
            KnownTarget known = targets.get(new Key(project, target.component(), target.endpoint()));
            return new Cell.OtherCell(
                    place.nameOf(project),
                    place.identityOf(project),
                    target.component(),
                    target.endpoint(),
                    known == null ? Offers.guessedPath(target.component()) : known.path(),
                    known == null ? null : known.address());
        }
    }
}
