package dev.cytoplane.gateway.snapshot;

/** A configuration that cannot be put in force, with a sentence that says where and why. */
public final class InvalidConfiguration extends Exception {
    private static final long serialVersionUID = 1;

    public InvalidConfiguration(String reason) {
        super(reason);
    }

    public InvalidConfiguration(String reason, Throwable cause) {
        super(reason, cause);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
