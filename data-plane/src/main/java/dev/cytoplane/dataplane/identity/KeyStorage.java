package dev.cytoplane.dataplane.identity;

import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.dataplane.storage.StateFiles;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * Where a data plane keeps what must not be lost and nobody else may read: a few small documents by name. A write is whole
 * or did not happen, and has happened for good when it returns.
 */
public interface KeyStorage {

    Optional<byte[]> read(String name);

    void write(String name, byte[] content);

    /** Nothing when there is none. */
    void delete(String name);

    default <T> Optional<T> readJson(String name, Class<T> type) {
        return read(name).map(content -> {
            try {
                return ContractJson.MAPPER.readValue(content, type);
            } catch (JacksonException e) {
                throw new IllegalStateException(name + " cannot be read", e);
            }
        });
    }

    default void writeJson(String name, Object value) {
        write(name, ContractJson.canonical(value));
    }

    /** Files in the folder {@code identity} of the state folder. */
    static KeyStorage files(Path state) {
        Path folder = StateFiles.folder(state.resolve("identity"));
        return new KeyStorage() {
            @Override
            public Optional<byte[]> read(String name) {
                return StateFiles.read(folder.resolve(name));
            }

            @Override
            public void write(String name, byte[] content) {
                StateFiles.write(folder.resolve(name), content);
            }

            @Override
            public void delete(String name) {
                StateFiles.delete(folder.resolve(name));
            }
        };
    }
}
