package dev.cytoplane.builder.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the tools of builds are.
 *
 * @param java the JDK; the one that runs this when not given
 * @param node the folder of Node.js; looked for on the PATH when not given
 * @param maven the folder of Maven; looked for on the PATH when not given
 */
public record ToolHomes(
        @Nullable Path java, @Nullable Path node, @Nullable Path maven) {}
