package dev.cytoplane.controlplane.gitops;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;

/** For a delivery repository. Stored sealed, never shown, not even in a log. */
@Schema(name = "DeliveryCredentials")
record DeliveryCredentials(
        @NotNull @Size(min = 1, max = 200) String username,

        @NotNull @Size(min = 1, max = 2000) @Schema(format = "password")
        String token) {

    /** What they are sealed for. */
    static String context(UUID environmentId) {
        return "environment/" + environmentId + "/delivery";
    }

    @Override
    public String toString() {
        return "DeliveryCredentials[" + username + "]";
    }
}
