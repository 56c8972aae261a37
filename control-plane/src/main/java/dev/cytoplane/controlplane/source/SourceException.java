package dev.cytoplane.controlplane.source;

/** Source that cannot be had or used. The message is for the component's authors. */
public final class SourceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public SourceException(String message) {
        super(message);
    }

    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
