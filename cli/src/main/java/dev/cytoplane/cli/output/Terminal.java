package dev.cytoplane.cli.output;

import java.util.Map;

/**
 * What the output goes to.
 *
 * @param out standard output is a terminal
 * @param err standard error is a terminal
 * @param width columns
 */
public record Terminal(boolean out, boolean err, int width) {

    public static final int DEFAULT_WIDTH = 100;

    /** {@code cyto} (the script) tests both streams, since Java cannot tell them apart, and asks for the width. */
    public static Terminal detect(Map<String, String> environment) {
        return new Terminal(
                "1".equals(environment.get("CYTO_TTY_OUT")),
                "1".equals(environment.get("CYTO_TTY_ERR")),
                width(environment.get("COLUMNS")));
    }

    private static int width(@org.jspecify.annotations.Nullable String columns) {
        try {
            return columns == null ? DEFAULT_WIDTH : Math.max(40, Integer.parseInt(columns.strip()));
        } catch (NumberFormatException e) {
            return DEFAULT_WIDTH;
        }
    }
}
