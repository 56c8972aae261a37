package dev.cytoplane.dataplane.gateway;

import dev.cytoplane.contracts.gateway.GatewayConfiguration;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.Applied;
import dev.cytoplane.contracts.gateway.GatewayTraffic;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.dataplane.storage.StateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Where the data plane and its gateway meet: what is wanted in one file, what the gateway made of it in another. */
final class GatewayFolder {

    private static final String CONFIGURATION = "configuration.json";
    private static final String APPLIED = "applied.json";
    private static final String TRAFFIC = "traffic.json";

    private final Path path;

    GatewayFolder(Path state) {
        this.path = StateFiles.folder(state.resolve("gateway").toAbsolutePath());
    }

    Path path() {
        return path;
    }

    void write(GatewayConfiguration configuration) {
        StateFiles.writeJson(path.resolve(CONFIGURATION), configuration);
    }

    /** The generation that was written last, by this agent or an earlier one; zero when none was. */
    long generation() {
        return StateFiles.readJson(path.resolve(CONFIGURATION), GatewayConfiguration.class)
                .map(GatewayConfiguration::generation)
                .orElse(0L);
    }

    /** What the gateway said last; empty when it has said nothing. */
    Optional<Applied> applied() {
        return read(APPLIED, Applied.class);
    }

    /** What the gateway has counted; empty while it had no request. */
    Optional<GatewayTraffic> traffic() {
        return read(TRAFFIC, GatewayTraffic.class);
    }

    private <T> Optional<T> read(String name, Class<T> type) {
        try {
            Path file = path.resolve(name);
            return Files.exists(file)
                    ? Optional.of(ContractJson.MAPPER.readValue(Files.readAllBytes(file), type))
                    : Optional.empty();
        } catch (IOException | JacksonException e) {
            // Half written, or just replaced: the next look sees it.
            return Optional.empty();
        }
    }

    /** What an earlier process has applied and counted says nothing about the next one. */
    void forgetApplied() {
        StateFiles.delete(path.resolve(APPLIED));
        StateFiles.delete(path.resolve(TRAFFIC));
    }
}
