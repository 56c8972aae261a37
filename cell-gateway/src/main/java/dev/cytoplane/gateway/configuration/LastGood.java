package dev.cytoplane.gateway.configuration;

import dev.cytoplane.contracts.json.ContractJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * The configuration that was last in force, with its certificates and keys in the same file: one file is replaced at
 * once, so the parts always belong together.
 */
final class LastGood {
    private static final Logger log = LoggerFactory.getLogger(LastGood.class);

    private final Path file;

    LastGood(Path folder) {
        this.file = folder.resolve("last-good.json");
    }

    void keep(Source source) throws IOException {
        Files.createDirectories(file.getParent());
        AtomicFile.write(file, ContractJson.canonical(source));
    }

    Optional<Source> read() {
        try {
            return Optional.of(ContractJson.MAPPER.readValue(Files.readString(file), Source.class));
        } catch (java.nio.file.NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | JacksonException e) {
            log.warn("The last good configuration cannot be read", e);
            return Optional.empty();
        }
    }
}
