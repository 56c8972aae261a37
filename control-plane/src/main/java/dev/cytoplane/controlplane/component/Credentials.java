package dev.cytoplane.controlplane.component;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** For an outside repository. Stored sealed, never shown, not even in a log. */
@Schema(name = "SourceCredentials")
public record Credentials(
        @NotNull @Size(min = 1, max = 200) String username,

        @NotNull @Size(min = 1, max = 2000) @Schema(format = "password")
        String password) {

    @Override
    public String toString() {
        return "Credentials[" + username + "]";
    }
}
