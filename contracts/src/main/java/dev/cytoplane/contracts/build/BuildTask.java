package dev.cytoplane.contracts.build;

import dev.cytoplane.contracts.descriptor.Descriptor;
import java.time.Instant;
import java.util.List;

/**
 * What a build's pod is to do, {@code GET /link/v1/builds/{build}/task}.
 *
 * @param builder the builder's name
 * @param commitTime when the commit was made
 * @param descriptor what the author declared
 * @param tools what the builder needs, each with its version: {@code node v22.1.0}
 * @param seconds how long it may take from now on
 * @param memory bytes, of all its processes together
 * @param disk bytes that it may write
 */
public record BuildTask(
        String builder,
        Instant commitTime,
        Descriptor descriptor,
        List<String> tools,
        int seconds,
        long memory,
        long disk) {

    /**
     * What a build's pod may ask of the link, with its token in {@link #TOKEN} and {@code ?pod=} its own name; of its own build
     * only.
     */
    public static final List<String> OPERATIONS = List.of(
            "GET /link/v1/builds/{build}/task",
            "GET /link/v1/builds/{build}/source",
            "POST /link/v1/builds/{build}/log",
            "PUT /link/v1/builds/{build}/artifact",
            "POST /link/v1/builds/{build}/result");

    /** The header with the token. Bearer tokens are those of people and machines that signed in. */
    public static final String TOKEN = "Cytoplane-Build-Token";

    /** The most that is taken of a log at once, in bytes. */
    public static final int MOST_LOG = 512 * 1024;
}
