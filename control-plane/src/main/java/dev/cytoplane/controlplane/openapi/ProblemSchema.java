package dev.cytoplane.controlplane.openapi;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.models.OpenAPI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/** How every error looks. */
@Component
class ProblemSchema implements OpenApiCustomizer {

    /**
     * RFC 9457.
     *
     * @param type stable, for programs
     * @param detail a sentence for people
     * @param errors the fields that are wrong
     */
    @Schema(name = "Problem", description = "What went wrong (RFC 9457)")
    record Problem(
            String type,
            String title,
            int status,
            String detail,
            @Nullable String instance,
            @Nullable List<FieldError> errors) {}

    @Schema(name = "FieldError", description = "What is wrong with one field, parameter or header")
    record FieldError(String field, String message) {}

    @Override
    public void customise(OpenAPI document) {
        ResolvedSchema resolved = ModelConverters.getInstance(true)
                .resolveAsResolvedSchema(new io.swagger.v3.core.converter.AnnotatedType(Problem.class));
        document.getComponents().addSchemas("Problem", resolved.schema);
        resolved.referencedSchemas.forEach(
                (name, schema) -> document.getComponents().addSchemas(name, schema));
    }
}
