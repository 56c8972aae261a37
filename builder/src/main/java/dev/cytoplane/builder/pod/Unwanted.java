package dev.cytoplane.builder.pod;

import java.io.IOException;

/** The control plane does not want this build from this pod any more. */
final class Unwanted extends IOException {

    private static final long serialVersionUID = 1;

    Unwanted(String message) {
        super(message);
    }
}
