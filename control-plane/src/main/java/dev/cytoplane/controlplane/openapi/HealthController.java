package dev.cytoplane.controlplane.openapi;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is open to everyone: whether the control plane is there. */
@RestController
@Tag(name = "Health", description = "Open to everyone.")
class HealthController {

    record Health(String status) {}

    @GetMapping("/healthz")
    @SecurityRequirements
    @Operation(operationId = "getHealth", summary = "Ask whether the control plane answers")
    Health health() {
        return new Health("UP");
    }
}
