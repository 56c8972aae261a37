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

    static void run(JibContainerBuilder image, Containerizer to) {
        try {
            image.containerize(to.setToolName("cytoplane"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageException("Interrupted while an image was built", e);
        } catch (IOException | RegistryException | CacheDirectoryCreationException | ExecutionException e) {
            throw new ImageException("The image cannot be built: " + e.getMessage(), e);
        }
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
