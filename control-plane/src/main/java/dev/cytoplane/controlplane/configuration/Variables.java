package dev.cytoplane.controlplane.configuration;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which environment variables a component's settings and secrets may be. Pure. */
public final class Variables {

    /** IEEE 1003.1, "Environment Variables": letters, digits and underscores, not beginning with a digit. */
    public static final String PATTERN = "[A-Za-z_][A-Za-z0-9_]{0,127}";

    private static final Pattern NAME = Pattern.compile(PATTERN);

    /** They decide what is loaded into a process and where it listens. */
    private static final Set<String> RESERVED = Set.of("PORT", "PATH", "HOME", "LD_PRELOAD", "LD_LIBRARY_PATH");

    private Variables() {}

    /** What is wrong with a name; empty when nothing is. */
    public static Optional<String> objection(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of("is not the name of an environment variable (letters, digits and underscores)");
        }
        if (RESERVED.contains(name) || name.startsWith("PORT_") || name.startsWith("CYTOPLANE_")) {
            return Optional.of("is set by the platform");
        }
        return Optional.empty();
    }
}
