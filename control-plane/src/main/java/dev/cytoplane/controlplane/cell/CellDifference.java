package dev.cytoplane.controlplane.cell;

import dev.cytoplane.contracts.cell.Cell;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What changed between two versions of a cell, in the words of those who own it. A pure function. Values of secrets are
 * not in a cell, and their ciphertexts are not told either: of a secret only its count is.
 */
final class CellDifference {

    private CellDifference() {}

    /** What of a component changed. */
    enum Aspect {
        /** The component as a whole came or went. */
        COMPONENT,
        RELEASE,
        COMMAND,
        ENDPOINT,
        /** Another cell that may call an endpoint. */
        CALLER,
        CONNECTION,
        SETTING,
        SECRET,
        PROBE,
        INSTANCES,
        LIMIT,
        RESTART
    }

    /**
     * One change of a component.
     *
     * @param name which of several, as an endpoint's or a setting's name; null where there is only one
     * @param before null when it was not there
     * @param after null when it is not there any more
     */
    record CellChange(
            String component,
            Aspect aspect,
            @Nullable String name,
            @Nullable String before,
            @Nullable String after) {}

    static List<CellChange> between(Cell.Spec before, Cell.Spec after) {
        Map<String, Cell.Component> old = byName(before.components(), Cell.Component::name);
        Map<String, Cell.Component> now = byName(after.components(), Cell.Component::name);
        List<CellChange> changes = new ArrayList<>();
        for (String name : union(old, now)) {
            Cell.Component a = old.get(name);
            Cell.Component b = now.get(name);
            if (a == null || b == null) {
                changes.add(new CellChange(
                        name, Aspect.COMPONENT, null, a == null ? null : a.release(), b == null ? null : b.release()));
            } else {
                compare(a, b, changes);
            }
        }
        return changes;
    }

    private static void compare(Cell.Component a, Cell.Component b, List<CellChange> changes) {
        Told told = new Told(b.name(), changes);
        told.one(Aspect.RELEASE, a.release(), b.release());
        told.one(Aspect.COMMAND, String.join(" ", a.command()), String.join(" ", b.command()));
        told.each(Aspect.ENDPOINT, endpoints(a), endpoints(b));
        told.each(Aspect.CALLER, callers(a), callers(b));
        told.each(Aspect.CONNECTION, connections(a), connections(b));
        told.each(Aspect.SETTING, a.environment(), b.environment());
        told.each(Aspect.SECRET, secrets(a), secrets(b));
        told.each(Aspect.PROBE, probes(a.probes()), probes(b.probes()));
        told.one(Aspect.INSTANCES, instances(a), instances(b));
        told.each(Aspect.LIMIT, limits(a), limits(b));
        told.one(Aspect.RESTART, text(a.restart()), text(b.restart()));
    }

    private record Told(String component, List<CellChange> changes) {

        void one(Aspect aspect, @Nullable String before, @Nullable String after) {
            add(aspect, null, before, after);
        }

        void each(Aspect aspect, Map<String, String> before, Map<String, String> after) {
            for (String name : union(before, after)) {
                add(aspect, name, before.get(name), after.get(name));
            }
        }

        private void add(Aspect aspect, @Nullable String name, @Nullable String before, @Nullable String after) {
            if (!Objects.equals(before, after)) {
                changes.add(new CellChange(component, aspect, name, before, after));
            }
        }
    }

    private static Map<String, String> endpoints(Cell.Component component) {
        Map<String, String> endpoints = new TreeMap<>();
        component.endpoints().forEach(it -> {
            String security = it.security() == null ? "" : ", secured: " + it.security();
            endpoints.put(
                    it.name(),
                    "%s %s, port %d, base path %s%s"
                            .formatted(word(it.visibility()), it.path(), it.port(), it.basePath(), security));
        });
        return endpoints;
    }

    private static Map<String, String> callers(Cell.Component component) {
        Map<String, String> callers = new TreeMap<>();
        component
                .endpoints()
                .forEach(it ->
                        it.callers().forEach(caller -> callers.put(it.name() + " from " + caller.cell(), "may call")));
        return callers;
    }

    private static Map<String, String> connections(Cell.Component component) {
        Map<String, String> connections = new TreeMap<>();
        component.connections().forEach(it -> connections.put(it.name(), it.variable() + " to " + target(it)));
        return connections;
    }

    private static String target(Cell.Connection connection) {
        if (connection.sameCell() != null) {
            return connection.sameCell().component() + "/"
                    + connection.sameCell().endpoint();
        }
        if (connection.otherCell() != null) {
            Cell.OtherCell other = connection.otherCell();
            return other.cell() + " " + other.component() + "/" + other.endpoint();
        }
        return connection.external() == null ? "" : connection.external().url();
    }

    private static Map<String, String> secrets(Cell.Component component) {
        Map<String, String> secrets = new TreeMap<>();
        component.secrets().forEach(it -> secrets.put(it.variable(), "value " + it.version()));
        return secrets;
    }

    private static Map<String, String> probes(Cell.Probes probes) {
        Map<String, String> found = new TreeMap<>();
        found.put("readiness", probe(probes.readiness()));
        if (probes.liveness() != null) {
            found.put("liveness", probe(probes.liveness()));
        }
        return found;
    }

    private static String probe(Cell.Probe probe) {
        return "%s every %d s, within %d s, %d failures, %d s to start"
                .formatted(
                        probe.path() == null ? "a connection" : probe.path(),
                        probe.periodSeconds(),
                        probe.timeoutSeconds(),
                        probe.failureThreshold(),
                        probe.startupSeconds());
    }

    private static String instances(Cell.Component component) {
        Cell.Autoscaling load = component.autoscaling();
        if (load == null) {
            return Integer.toString(component.replicas());
        }
        return "%d to %d%s%s"
                .formatted(
                        load.minInstances(),
                        load.maxInstances(),
                        load.cpuPercent() == null ? "" : ", cpu at %d %%".formatted(load.cpuPercent()),
                        load.memoryPercent() == null ? "" : ", memory at %d %%".formatted(load.memoryPercent()));
    }

    private static Map<String, String> limits(Cell.Component component) {
        Map<String, String> limits = new TreeMap<>();
        if (component.memoryBytes() != null) {
            limits.put("memory", component.memoryBytes() + " bytes");
        }
        if (component.cpuMillis() != null) {
            limits.put("cpu", component.cpuMillis() + " m");
        }
        limits.put("grace period", component.gracePeriodSeconds() + " s");
        return limits;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String text(@Nullable Long number) {
        return number == null ? null : number.toString();
    }

    private static <T> Map<String, T> byName(Collection<T> all, Function<T, String> name) {
        Map<String, T> found = new TreeMap<>();
        all.forEach(it -> found.put(name.apply(it), it));
        return found;
    }

    private static TreeSet<String> union(Map<String, ?> a, Map<String, ?> b) {
        TreeSet<String> names = new TreeSet<>(a.keySet());
        names.addAll(b.keySet());
        return names;
    }
}
