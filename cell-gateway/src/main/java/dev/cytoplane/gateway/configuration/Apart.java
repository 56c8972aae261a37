package dev.cytoplane.gateway.configuration;

import dev.cytoplane.contracts.gateway.GatewayConfiguration;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.CellGateway;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.Refused;
import dev.cytoplane.gateway.snapshot.InvalidConfiguration;
import dev.cytoplane.gateway.snapshot.Snapshot;
import dev.cytoplane.gateway.snapshot.SnapshotCompiler;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A configuration in which each cell stands for itself: a part that does not compile, or claims what another cell has, is
 * left out, and what was in force of that cell before stays. A pure function.
 */
final class Apart {

    /**
     * @param effective what can be put in force, whole
     * @param refused whose newest part is not in it
     */
    record Settled(Source effective, List<Refused> refused) {}

    private final Source newest;
    private final Map<String, CellGateway> taken = new TreeMap<>();
    private final Map<String, String> files = new HashMap<>();
    private final Set<String> hosts = new HashSet<>();
    private final Set<Integer> ports = new HashSet<>();

    private Apart(Source newest) {
        this.newest = newest;
        String bundle = newest.configuration().trustBundleFile();
        if (newest.files().containsKey(bundle)) {
            files.put(bundle, newest.files().get(bundle));
        }
    }

    /** @param last what is in force, or was when the process began; null when nothing ever was */
    static Settled settle(Source newest, @Nullable Source last) {
        Map<String, CellGateway> before = new HashMap<>();
        if (last != null) {
            last.configuration().cells().forEach(cell -> before.put(cell.cell(), cell));
        }
        Apart apart = new Apart(newest);
        List<Refused> refused = new ArrayList<>();
        // Who is in force with its host and its ports keeps them, whoever else claims them.
        newest.configuration().cells().stream()
                .sorted(Comparator.comparing(cell -> !holds(cell, before.get(cell.cell()))))
                .forEach(cell -> {
                    String reason = apart.take(cell, newest.files());
                    if (reason != null) {
                        refused.add(new Refused(cell.cell(), reason));
                        CellGateway kept = before.get(cell.cell());
                        if (kept != null && last != null) {
                            apart.take(kept, last.files());
                        }
                    }
                });
        return new Settled(apart.source(), List.copyOf(refused));
    }

    private static boolean holds(CellGateway cell, @Nullable CellGateway before) {
        return before != null
                && Objects.equals(before.host(), cell.host())
                && before.westboundPort() == cell.westboundPort()
                && before.outboundPort() == cell.outboundPort();
    }

    /** Why it cannot be taken; null when it is. */
    private @Nullable String take(CellGateway cell, Map<String, String> from) {
        Snapshot alone;
        try {
            alone = SnapshotCompiler.compile(only(cell), with(from));
        } catch (InvalidConfiguration e) {
            return e.reason();
        } catch (RuntimeException e) {
            return "cell %s: %s".formatted(cell.cell(), e);
        }
        if (taken.containsKey(cell.cell())) {
            return "cell %s is there twice".formatted(cell.cell());
        }
        for (String host : alone.hosts().keySet()) {
            if (hosts.contains(host)) {
                return "another cell has the host %s".formatted(host);
            }
        }
        for (int port : List.of(cell.westboundPort(), cell.outboundPort())) {
            if (ports.contains(port)) {
                return "another cell has the port %d".formatted(port);
            }
        }
        taken.put(cell.cell(), cell);
        hosts.addAll(alone.hosts().keySet());
        ports.addAll(List.of(cell.westboundPort(), cell.outboundPort()));
        for (String name : List.of(cell.certificateFile(), cell.keyFile())) {
            files.put(name, Objects.requireNonNull(from.get(name)));
        }
        return null;
    }

    /** Everybody believes whom the newest configuration says. */
    private Map<String, String> with(Map<String, String> from) {
        Map<String, String> all = new HashMap<>(from);
        String bundle = newest.configuration().trustBundleFile();
        all.remove(bundle);
        if (newest.files().containsKey(bundle)) {
            all.put(bundle, newest.files().get(bundle));
        }
        return all;
    }

    private Source source() {
        return new Source(with(List.copyOf(taken.values())), Map.copyOf(files));
    }

    private GatewayConfiguration only(CellGateway cell) {
        return with(List.of(cell));
    }

    private GatewayConfiguration with(List<CellGateway> cells) {
        GatewayConfiguration all = newest.configuration();
        return new GatewayConfiguration(all.generation(), all.entry(), all.trustBundleFile(), all.telemetry(), cells);
    }
}
