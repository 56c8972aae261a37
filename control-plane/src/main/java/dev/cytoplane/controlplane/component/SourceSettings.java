package dev.cytoplane.controlplane.component;

import dev.cytoplane.controlplane.problem.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a component's source is, as it is written.
 *
 * @param url only for {@code git}: http or https, without user and password in it
 * @param branch {@code main} when left out
 * @param directory relative; the root of the repository when left out
 * @param credentials only written; a patch that leaves them out keeps them
 */
@Schema(name = "ComponentSourceSettings")
record SourceSettings(
        @NotNull SourceKind kind,
        @Nullable @Size(max = 2000) String url,

        @Nullable
        @Size(min = 1, max = 200)
        @Pattern(
                regexp = "^(?!-)(?!.*(\\.\\.|//|@\\{|\\.lock$|/$))[A-Za-z0-9._/@-]+$",
                message = "must be the name of a branch")
        String branch,

        @Nullable
        @Size(min = 1, max = 500)
        @Pattern(
                regexp = "^(?!/)(?!(.*/)?\\.\\.(/|$))[^\\\\\\x00-\\x1f]+$",
                message = "must be a relative folder with forward slashes and without ..")
        String directory,

        @Nullable @Valid Credentials credentials) {

    static final SourceSettings PLATFORM = new SourceSettings(SourceKind.PLATFORM, null, null, null, null);

    String branchOrDefault() {
        return Objects.requireNonNullElse(branch, "main");
    }

    String directoryOrDefault() {
        return Objects.requireNonNullElse(directory, ".");
    }

    /** What one field alone cannot say. */
    void check() {
        if (kind == SourceKind.GIT) {
            if (url == null) {
                throw Problem.invalid("source.url", "is needed for kind git");
            }
            checkUrl(url);
        } else if (url != null) {
            throw Problem.invalid("source.url", "is only for kind git: the platform gives the address itself");
        } else if (credentials != null) {
            throw Problem.invalid("source.credentials", "are only for kind git");
        }
    }

    private static void checkUrl(String url) {
        try {
            URI uri = new URI(url);
            if (uri.getScheme() == null
                    || !List.of("http", "https").contains(uri.getScheme())
                    || uri.getHost() == null
                    || uri.getFragment() != null) {
                throw Problem.invalid("source.url", "must be the http or https address of a Git repository");
            }
            if (uri.getUserInfo() != null) {
                throw Problem.invalid("source.url", "must not hold user and password: send them as credentials");
            }
        } catch (URISyntaxException e) {
            throw Problem.invalid("source.url", "must be the http or https address of a Git repository");
        }
    }
}
