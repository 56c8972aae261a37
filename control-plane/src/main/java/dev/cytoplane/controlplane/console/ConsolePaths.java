package dev.cytoplane.controlplane.console;

import java.util.List;

/** Which addresses are pages of the console. Everything that has a meaning of its own is not. */
public final class ConsolePaths {

    private static final List<String> OTHERS =
            List.of("/api", "/git", "/webhooks", "/link", "/healthz", "/.well-known", "/actuator", "/error");

    private ConsolePaths() {}

    /** @param path decoded and normalized */
    public static boolean serves(String path) {
        return OTHERS.stream().noneMatch(it -> path.equals(it) || path.startsWith(it + "/"));
    }
}
