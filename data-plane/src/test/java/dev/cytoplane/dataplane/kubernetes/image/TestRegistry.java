package dev.cytoplane.dataplane.kubernetes.image;

import dev.cytoplane.testcluster.ImageRegistry;
import java.nio.file.Path;

/** Brings images into a cluster's registry. */
public final class TestRegistry {

    private TestRegistry() {}

    /** @return the image's name with its digest */
    public static String push(ImageRegistry registry, Path archive, String name, Path work) {
        TrustedAuthority.trust(registry.authority());
        String repository = registry.address() + "/" + name;
        Registry to = new Registry(repository, registry.username(), registry.passwordFile());
        return repository + "@"
                + Builds.run(
                        to.from("tar://" + archive.toAbsolutePath()),
                        to.push(repository + ":1", null, work.resolve("bases"), work.resolve("layers")));
    }
}
