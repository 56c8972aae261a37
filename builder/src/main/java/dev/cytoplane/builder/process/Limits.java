package dev.cytoplane.builder.process;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What the programs of one build may use.
 *
 * @param deadline {@link System#nanoTime} at which the build has had its time
 * @param time the length of that time, for the message
 * @param memory bytes, of all its processes together
 * @param disk bytes below {@code folder}
 */
public record Limits(long deadline, Duration time, long memory, long disk, Path folder) {}
