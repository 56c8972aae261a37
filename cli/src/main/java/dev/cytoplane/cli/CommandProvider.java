package dev.cytoplane.cli;

import java.util.List;

/** Adds commands to {@code cyto}. Found by {@link java.util.ServiceLoader}; the launcher is one. */
public interface CommandProvider {

    /** Objects annotated with picocli's {@code @Command}, each with a name that no other command has. */
    List<Object> commands(Session session);
}
