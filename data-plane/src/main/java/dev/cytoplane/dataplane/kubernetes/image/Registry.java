package dev.cytoplane.dataplane.kubernetes.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The registry that images are pushed to. It is reached by TLS; without it only on this machine's loopback. Bases are pulled
 * from it as well, or from another one that asks nobody who he is, or are archives.
 *
 * @param repository {@code host[:port]/path}
 * @param username null for a registry that asks nobody who he is
 * @param passwordFile read anew for each image, so that a new password needs no restart
 */
public record Registry(
        String repository,
        @Nullable String username,
        @Nullable Path passwordFile) {

    /** What a base's name begins with when it is a file: an archive as {@code docker save} writes it. */
    private static final String ARCHIVE = "tar://";

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** @throws ImageException when the name is none, or a password is given without a user or the other way round */
    public Registry {
        Builds.named(() -> ImageReference.parse(repository));
        if ((username == null) != (passwordFile == null)) {
            throw new ImageException("A registry's user needs a file with the password, and the other way round", null);
        }
    }

    /** An image that begins with what is in a base. */
    JibContainerBuilder from(String base) {
        JibContainerBuilder image = base.startsWith(ARCHIVE)
                ? Builds.named(() -> Jib.from(TarImage.at(Path.of(base.substring(ARCHIVE.length())))))
                : Jib.from(image(base));
        return image.setFormat(ImageFormat.OCI);
    }

    /**
     * @param name of the image
     * @param base what it is built on; null for nothing
     * @param bases a folder in which layers of bases are kept
     * @param layers a folder for other layers
     */
    Containerizer push(String name, @Nullable String base, Path bases, Path layers) {
        boolean onlyLoopback = isLoopback(name) && (base == null || base.startsWith(ARCHIVE) || isLoopback(base));
        return Containerizer.to(image(name))
                .setBaseImageLayersCache(bases)
                .setApplicationLayersCache(layers)
                .setAllowInsecureRegistries(onlyLoopback);
    }

    private RegistryImage image(String name) {
        RegistryImage image = Builds.named(() -> RegistryImage.named(name));
        String user = username;
        Path file = passwordFile;
        if (user != null && file != null && host(name).equals(host(repository))) {
            image.addCredentialRetriever(() -> Optional.of(Credential.from(user, password(file))));
        }
        return image;
    }

    private static String password(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ImageException("The file with the registry's password cannot be read: " + file, e);
        }
    }

    private static boolean isLoopback(String name) {
        String host = host(name);
        int colon = host.lastIndexOf(':');
        return LOOPBACK.contains(colon > host.lastIndexOf(']') ? host.substring(0, colon) : host);
    }

    private static String host(String name) {
        return Builds.named(() -> ImageReference.parse(name)).getRegistry();
    }
}
