package dev.cytoplane.dataplane.link;

import java.io.IOException;

/** The control plane answered with an error. */
final class LinkException extends IOException {

    private final int status;

    LinkException(String message, int status) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
