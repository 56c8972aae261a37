package dev.cytoplane.dataplane.cell;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.json.ContractJson;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What must be equal for an instance to go on unchanged. */
final class Revisions {

    private record Content(
            String release,
            String digest,
            List<String> command,
            Map<String, String> environment,
            List<String> secrets,
            List<String> endpoints,
            Map<String, String> connections,
            Cell.Probes probes,
            String limits,
            @Nullable Long restart) {}

    private Revisions() {}

    /**
     * Twelve hex digits. How many instances run, who may call them and from where does not count: the gateway and the
     * runtime change that without a restart.
     *
     * @param connections URLs by variable
     */
    static String of(Cell.Component component, Map<String, String> connections) {
        String hash = ContractJson.contentHash(new Content(
                component.release(),
                component.artifact().digest(),
                component.command(),
                component.environment(),
                component.secrets().stream()
                        .map(secret -> secret.variable() + "@" + secret.version())
                        .sorted()
                        .toList(),
                component.endpoints().stream().map(Cell.Endpoint::name).toList(),
                connections,
                component.probes(),
                component.memoryBytes() + "/" + component.cpuMillis() + "/" + component.gracePeriodSeconds(),
                component.restart()));
        return hash.substring("sha256:".length(), "sha256:".length() + 12);
    }
}
