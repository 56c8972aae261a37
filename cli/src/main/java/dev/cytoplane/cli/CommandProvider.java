package dev.cytoplane.cli;

import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;

/** Adds commands to {@code cyto}. Found by {@link java.util.ServiceLoader}; the launcher is one. */
public interface CommandProvider {

    /**
     * By name, in the order in which they are shown: how to make the object annotated with picocli's {@code @Command}. A
     * start makes only the command that it runs.
     */
    Map<String, Supplier<Object>> commands(Session session);

    /** Has the JVM load what the usual ones of its commands need; a part of the training run for its AOT cache. */
    default void warmUp() throws IOException {}
}
