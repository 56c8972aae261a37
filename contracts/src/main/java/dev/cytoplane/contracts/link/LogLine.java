package dev.cytoplane.contracts.link;

import java.time.Instant;

/**
 * A line that a component wrote.
 *
 * @param time when it was captured
 * @param instance which instance wrote it
 * @param text without its line end, at most 16,384 characters
 */
public record LogLine(Instant time, String instance, String text) {}
