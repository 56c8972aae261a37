package dev.cytoplane.process;

/**
 * What a process and its children use.
 *
 * @param memoryBytes resident memory now, pages shared between them counted for each; 0 where the system does not tell
 * @param cpuMillis CPU time since the start, user and system
 */
public record Usage(long memoryBytes, long cpuMillis) {}
