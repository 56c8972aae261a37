package dev.cytoplane.dataplane.kubernetes.image;

/** How far the image of a component is. */
public sealed interface ReleaseImage {

    /** @param reference {@code repository:tag@sha256:<hex>}; a node takes what the digest says */
    record Ready(String reference) implements ReleaseImage {}

    /**
     * @param message why it is not there yet, in a sentence
     * @param failed whether waiting alone will hardly help
     */
    record Waiting(String message, boolean failed) implements ReleaseImage {}
}
