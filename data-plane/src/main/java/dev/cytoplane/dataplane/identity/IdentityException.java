package dev.cytoplane.dataplane.identity;

/** What the control plane answered cannot be this data plane's identity; the message says why. */
public final class IdentityException extends RuntimeException {

    public IdentityException(String message) {
        super(message);
    }

    IdentityException(String message, Throwable cause) {
        super(message, cause);
    }
}
