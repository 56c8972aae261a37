package dev.cytoplane.dataplane.telemetry;

import dev.cytoplane.contracts.cell.CellStatus.Phase;
import dev.cytoplane.dataplane.cell.CellView;
import dev.cytoplane.dataplane.runtime.Instance;
import dev.cytoplane.dataplane.runtime.Runtime;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The instruments, named and measured as OpenTelemetry's conventions for metrics ask: a count of things is called count,
 * a duration is in seconds, processors are counted whole.
 */
final class AgentMetrics {

    private static final AttributeKey<String> CELL = AttributeKey.stringKey("cytoplane.cell");
    private static final AttributeKey<String> COMPONENT = AttributeKey.stringKey("cytoplane.component");
    private static final AttributeKey<String> INSTANCE = AttributeKey.stringKey("cytoplane.instance");
    private static final AttributeKey<String> STATE = AttributeKey.stringKey("cytoplane.cell.state");
    private static final AttributeKey<String> PHASE = AttributeKey.stringKey("cytoplane.instance.phase");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final List<Double> BUCKETS =
            List.of(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0);

    private final Runtime runtime;
    private final Map<String, CellView> views = new ConcurrentHashMap<>();
    /** By cell and instance. */
    private final Map<String, Map<String, Integer>> restartsSeen = new ConcurrentHashMap<>();

    private final LongCounter restarts;
    private final DoubleHistogram durations;

    AgentMetrics(OpenTelemetry openTelemetry, Runtime runtime, BooleanSupplier connected) {
        this.runtime = runtime;
        Meter meter = openTelemetry.getMeter("dev.cytoplane.dataplane");
        meter.gaugeBuilder("cytoplane.link.connected")
                .ofLongs()
                .setDescription("1 while the data plane watches its control plane, 0 while it cannot.")
                .setUnit("1")
                .buildWithCallback(gauge -> gauge.record(connected.getAsBoolean() ? 1 : 0));
        meter.upDownCounterBuilder("cytoplane.cell.count")
                .setDescription("Cells of this data plane by the state of their worst component.")
                .setUnit("{cell}")
                .buildWithCallback(count -> cellsByState()
                        .forEach((state, cells) -> count.record(cells, Attributes.of(STATE, word(state)))));
        meter.upDownCounterBuilder("cytoplane.instance.count")
                .setDescription("Instances by component and phase.")
                .setUnit("{instance}")
                .buildWithCallback(count ->
                        instancesByPhase().forEach((attributes, instances) -> count.record(instances, attributes)));
        meter.gaugeBuilder("cytoplane.instance.memory.usage")
                .ofLongs()
                .setDescription("Resident memory of an instance.")
                .setUnit("By")
                .buildWithCallback(gauge -> eachInstance((instance, attributes) -> {
                    Long bytes = instance.memoryBytes();
                    if (bytes != null) {
                        gauge.record(bytes, attributes);
                    }
                }));
        meter.gaugeBuilder("cytoplane.instance.cpu.usage")
                .setDescription("Processors that an instance used, averaged over the last seconds.")
                .setUnit("{cpu}")
                .buildWithCallback(gauge -> eachInstance((instance, attributes) -> {
                    Integer millis = instance.cpuMillis();
                    if (millis != null) {
                        gauge.record(millis / 1_000.0, attributes);
                    }
                }));
        restarts = meter.counterBuilder("cytoplane.instance.restart.count")
                .setDescription("How often processes of a component were started again.")
                .setUnit("{restart}")
                .build();
        durations = meter.histogramBuilder("cytoplane.cell.reconcile.duration")
                .setDescription("How long one look at a cell, and what it led to, took.")
                .setUnit("s")
                .setExplicitBucketBoundariesAdvice(BUCKETS)
                .build();
    }

    /** One thread for each cell. */
    void seen(CellView view) {
        String cell = view.cell().metadata().name();
        if (view.removed()) {
            views.remove(cell);
            restartsSeen.remove(cell);
            return;
        }
        views.put(cell, view);
        List<Instance> instances = runtime.instances(cell);
        Map<String, Integer> before = restartsSeen.getOrDefault(cell, Map.of());
        for (Instance instance : instances) {
            int more = instance.restarts() - before.getOrDefault(instance.id(), 0);
            if (more > 0) {
                restarts.add(more, Attributes.of(CELL, cell, COMPONENT, instance.component()));
            }
        }
        restartsSeen.put(
                cell, instances.stream().collect(Collectors.toUnmodifiableMap(Instance::id, Instance::restarts)));
    }

    void passed(String cell, Duration took, @Nullable Throwable failure) {
        durations.record(
                took.toNanos() / 1e9,
                failure == null
                        ? Attributes.of(CELL, cell)
                        : Attributes.of(CELL, cell, ERROR, failure.getClass().getName()));
    }

    private Map<Phase, Long> cellsByState() {
        // Zeros too, so that a chart falls to zero instead of ending.
        Map<Phase, Long> counts = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            counts.put(phase, 0L);
        }
        views.values().forEach(view -> counts.merge(worst(view), 1L, Long::sum));
        return counts;
    }

    private static Phase worst(CellView view) {
        for (Phase phase : List.of(Phase.FAILED, Phase.DEGRADED, Phase.PROGRESSING)) {
            if (view.components().values().stream().anyMatch(component -> component.phase() == phase)) {
                return phase;
            }
        }
        return Phase.READY;
    }

    private Map<Attributes, Long> instancesByPhase() {
        Map<Attributes, Long> counts = new HashMap<>();
        views.keySet()
                .forEach(cell -> counts.putAll(runtime.instances(cell).stream()
                        .collect(Collectors.groupingBy(
                                instance -> Attributes.of(
                                        CELL, cell, COMPONENT, instance.component(), PHASE, word(instance.phase())),
                                Collectors.counting()))));
        return counts;
    }

    private void eachInstance(BiConsumer<Instance, Attributes> task) {
        views.keySet()
                .forEach(cell -> runtime.instances(cell)
                        .forEach(instance -> task.accept(
                                instance,
                                Attributes.of(CELL, cell, COMPONENT, instance.component(), INSTANCE, instance.id()))));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
