package dev.cytoplane.gateway.route;

/** A request target that the gateway does not pass on, with the reason for the caller. */
public final class BadTarget extends Exception {
    private static final long serialVersionUID = 1;

    BadTarget(String reason) {
        super(reason, null, false, false);
    }

    /** A sentence for the caller. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
