package dev.cytoplane.builder;

import java.nio.file.Path;

/**
 * An installed program that builders run.
 *
 * @param name its name for people and in input keys
 * @param executable the file to start
 * @param home what its environment variable (JAVA_HOME, say) has to name
 */
public record Tool(String name, Path executable, String version, Path home) {}
