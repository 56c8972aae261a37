package dev.cytoplane.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that every command takes, before or after its name. */
final class GlobalOptions {

    enum Format {
        table,
        json
    }

    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "State folder. Default: $CYTOPLANE_HOME, else ~/.cytoplane.")
    @Nullable
    Path home;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "Server and sign-in to use. Default: the current one (cyto use).")
    @Nullable
    String context;

    @Option(
            names = "--organization",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "Organization. Default: the one of the context (cyto use).")
    @Nullable
    String organization;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            defaultValue = "table",
            description = "table for people, json for scripts. Default: table.")
    Format output = Format.table;

    @Option(
            names = "--no-color",
            scope = ScopeType.INHERIT,
            description = "No colours. Also: NO_COLOR, or output that is not a terminal.")
    boolean noColor;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "No progress; only the result and errors.")
    boolean quiet;
}
