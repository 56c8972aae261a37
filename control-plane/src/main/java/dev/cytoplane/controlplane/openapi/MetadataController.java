package dev.cytoplane.controlplane.openapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.cytoplane.controlplane.PlatformSettings;
import dev.cytoplane.controlplane.access.OidcSettings;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is open to everyone: whether the control plane is there, and where to sign in. */
@RestController
@Tag(name = "Metadata", description = "Open to everyone.")
class MetadataController {

    private final PlatformSettings platform;
    private final OidcSettings oidc;

    MetadataController(PlatformSettings platform, OidcSettings oidc) {
        this.platform = platform;
        this.oidc = oidc;
    }

    /** RFC 9728, and the client that the command line signs in as. */
    record ProtectedResource(
            String resource,
            @JsonProperty("authorization_servers") List<String> authorizationServers,
            @JsonProperty("scopes_supported") List<String> scopesSupported,
            @JsonProperty("bearer_methods_supported") List<String> bearerMethodsSupported,
            @JsonProperty("cytoplane_cli_client_id") String cliClientId) {}

    record Health(String status) {}

    @GetMapping("/.well-known/oauth-protected-resource")
    @SecurityRequirements
    @Operation(operationId = "getProtectedResource", summary = "Read where to get a token (RFC 9728)")
    ProtectedResource protectedResource() {
        return new ProtectedResource(
                platform.publicUrl().toString(),
                List.of(oidc.issuer()),
                List.of("openid", "profile"),
                List.of("header"),
                "cytoplane-cli");
    }

    @GetMapping("/healthz")
    @SecurityRequirements
    @Operation(operationId = "getHealth", summary = "Ask whether the control plane answers")
    Health health() {
        return new Health("UP");
    }
}
