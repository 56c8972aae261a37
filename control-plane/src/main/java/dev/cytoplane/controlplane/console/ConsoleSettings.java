package dev.cytoplane.controlplane.console;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the console is.
 *
 * @param folder the built console; without one, or without files in it, a page says that the console was left out
 */
@ConfigurationProperties("cytoplane.console")
record ConsoleSettings(@Nullable Path folder) {

    boolean present() {
        return folder != null && Files.isRegularFile(folder.resolve("index.html"));
    }
}
