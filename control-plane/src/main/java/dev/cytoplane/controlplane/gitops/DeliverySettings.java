package dev.cytoplane.controlplane.gitops;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An environment's delivery repository, as it is written.
 *
 * @param url https, without user and password in it; http for hosts that the platform's operator allows
 * @param branch {@code main} when left out; made when it is not there
 * @param directory relative; the root of the repository when left out
 * @param credentials only written; left out, those for the same address are kept
 * @param mode {@code link} when left out
 * @param onDrift {@code keep} when left out
 */
@Schema(name = "DeliverySettings")
record DeliverySettings(
        @NotNull
        @Size(max = 2000)
        @Pattern(regexp = "^https?://[^\\x00-\\x20\\x7f]+$", message = "must be the https address of a Git repository")
        String url,

        @Nullable
        @Size(min = 1, max = 200)
        @Pattern(
                regexp = "^(?![-/.])(?!.*(\\.\\.|//|/\\.|@\\{|\\.lock(/|$)|[./]$))[A-Za-z0-9._/@-]+$",
                message = "must be the name of a branch")
        String branch,

        @Nullable
        @Size(min = 1, max = 500)
        @Pattern(
                regexp = "^(\\.|(?!.*(^|/)\\.)[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*)$",
                message = "must be a relative folder with forward slashes, of letters, digits, dots, hyphens and"
                        + " underscores, and no part may begin with a dot")
        String directory,

        @Nullable @Valid DeliveryCredentials credentials,
        @Nullable DeliveryMode mode,
        @Nullable DriftPolicy onDrift) {

    String branchOrDefault() {
        return Objects.requireNonNullElse(branch, "main");
    }

    String directoryOrDefault() {
        return Objects.requireNonNullElse(directory, ".");
    }

    DeliveryMode modeOrDefault() {
        return Objects.requireNonNullElse(mode, DeliveryMode.LINK);
    }

    DriftPolicy onDriftOrDefault() {
        return Objects.requireNonNullElse(onDrift, DriftPolicy.KEEP);
    }
}
