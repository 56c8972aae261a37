package dev.cytoplane.dataplane.kubernetes.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import java.io.IOException;
import java.util.concurrent.ExecutionException;

/** Runs a build of Jib's, with errors as ours. */
final class Builds {

    private Builds() {}

    /** The digest of the image, {@code sha256:<hex>}. */
    static String run(JibContainerBuilder image, Containerizer to) {
        try {
            return image.containerize(to.setToolName("cytoplane")).getDigest().toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageException("Interrupted while an image was built", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } catch (IOException | RegistryException | CacheDirectoryCreationException e) {
            throw failure(e);
        }
    }

    private static ImageException failure(Throwable cause) {
        return new ImageException(
                "The image cannot be built: "
                        + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()),
                cause);
    }

    /** A reference that is known to be well formed. */
    static <T> T named(Named<T> named) {
        try {
            return named.get();
        } catch (InvalidImageReferenceException e) {
            throw new ImageException("Not the name of an image: " + e.getInvalidReference(), e);
        }
    }

    interface Named<T> {
        T get() throws InvalidImageReferenceException;
    }
}
