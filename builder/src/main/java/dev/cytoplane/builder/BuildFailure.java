package dev.cytoplane.builder;

/** A build that cannot succeed. The message is for the author of the source: what is wrong, and what to do. */
public final class BuildFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    public BuildFailure(String message) {
        super(message);
    }

    public BuildFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
