package dev.cytoplane.gateway.configuration;

import dev.cytoplane.contracts.gateway.GatewayConfiguration;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.Applied;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.gateway.snapshot.InvalidConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The folder that the data plane writes: {@code configuration.json} and what it names. */
final class ConfigurationFolder {
    private static final String CONFIGURATION = "configuration.json";

    private final Path folder;
    private final Path applied;
    private final boolean apart;

    /**
     * @param applied the file that says what the gateway made of the newest configuration
     * @param apart whether each cell stands for itself: then a file that is missing is that cell's fault alone
     */
    ConfigurationFolder(Path folder, Path applied, boolean apart) {
        this.folder = folder;
        this.applied = applied;
        this.apart = apart;
    }

    Path path() {
        return folder;
    }

    /** What a look into the folder found, with the generation it speaks of: zero when even that cannot be read. */
    sealed interface Found {
        long generation();

        record Whole(Source source) implements Found {
            @Override
            public long generation() {
                return source.configuration().generation();
            }
        }

        record Broken(long generation, String reason) implements Found {}
    }

    Found read() {
        String json = "";
        try {
            json = content(CONFIGURATION);
            GatewayConfiguration configuration = parse(json);
            Map<String, String> files = new HashMap<>();
            for (String name : fileNames(configuration)) {
                try {
                    files.put(name, content(name));
                } catch (InvalidConfiguration e) {
                    if (!apart) {
                        throw e;
                    }
                }
            }
            return new Found.Whole(new Source(configuration, Map.copyOf(files)));
        } catch (InvalidConfiguration e) {
            return new Found.Broken(generation(json), e.reason());
        }
    }

    private static GatewayConfiguration parse(String json) throws InvalidConfiguration {
        try {
            return ContractJson.MAPPER.readValue(json, GatewayConfiguration.class);
        } catch (JacksonException e) {
            throw new InvalidConfiguration(CONFIGURATION + " cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private static Set<String> fileNames(GatewayConfiguration configuration) {
        Set<@Nullable String> names = new LinkedHashSet<>();
        names.add(configuration.trustBundleFile());
        if (configuration.cells() != null) {
            for (GatewayConfiguration.CellGateway cell : configuration.cells()) {
                names.add(cell.certificateFile());
                names.add(cell.keyFile());
            }
        }
        Set<String> present = new LinkedHashSet<>();
        for (String name : names) {
            if (name != null) {
                present.add(name);
            }
        }
        return present;
    }

    private String content(String name) throws InvalidConfiguration {
        Path root = folder.toAbsolutePath().normalize();
        Path file = root.resolve(name).normalize();
        if (!file.startsWith(root)) {
            throw new InvalidConfiguration(name + " is outside the configuration's folder");
        }
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new InvalidConfiguration("the file %s is missing".formatted(name), e);
        } catch (IOException e) {
            throw new InvalidConfiguration("the file %s cannot be read: %s".formatted(name, e.getMessage()), e);
        }
    }

    private static long generation(String json) {
        try {
            return ContractJson.MAPPER.readTree(json).path("generation").asLong(0);
        } catch (JacksonException e) {
            return 0;
        }
    }

    /** What the gateway made of it. The file's folder may be gone; then there is nobody to tell. */
    void tell(Applied what) throws IOException {
        Path parent = applied.toAbsolutePath().getParent();
        if (parent != null && Files.isDirectory(parent)) {
            AtomicFile.write(applied, ContractJson.canonical(what));
        }
    }

    /** What an earlier process said is not true of this one. */
    void forgetApplied() throws IOException {
        Files.deleteIfExists(applied);
    }
}
