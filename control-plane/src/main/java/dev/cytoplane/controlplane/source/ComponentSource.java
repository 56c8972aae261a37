package dev.cytoplane.controlplane.source;

import dev.cytoplane.contracts.descriptor.ComponentType;
import dev.cytoplane.controlplane.access.ComponentScope;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What a component is built from.
 *
 * @param type what it was created as; null when that was left to its descriptor and its build
 * @param url the repository elsewhere; null when the platform keeps it
 * @param branch the branch whose pushes are built
 * @param directory where in the repository the component is; {@code .} for all of it
 * @param sealedCredentials for the repository elsewhere, see {@link Credentials}
 * @param autoDeploy whether what is built is deployed to the first environment by itself
 */
public record ComponentSource(
        ComponentScope scope,
        @Nullable ComponentType type,
        @Nullable URI url,
        String branch,
        String directory,
        byte @Nullable [] sealedCredentials,
        boolean autoDeploy) {

    /** The branch's full name. */
    public String ref() {
        return "refs/heads/" + branch;
    }

    public boolean isElsewhere() {
        return url != null;
    }
}
