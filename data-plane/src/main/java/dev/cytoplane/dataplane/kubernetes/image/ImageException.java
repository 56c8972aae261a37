package dev.cytoplane.dataplane.kubernetes.image;

import org.jspecify.annotations.Nullable;

/** An image could not be built or sent; the message says which and why. */
public final class ImageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ImageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
