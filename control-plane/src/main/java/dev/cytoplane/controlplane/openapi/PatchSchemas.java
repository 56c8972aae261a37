package dev.cytoplane.controlplane.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Objects;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/** A patch names only what it changes: of the bodies of patches, and of nothing else, no field is required. */
@Component
class PatchSchemas implements OpenApiCustomizer {

    private static final String REFERENCE = "#/components/schemas/";

    @Override
    public void customise(OpenAPI document) {
        document.getPaths().values().stream()
                .map(PathItem::getPatch)
                .filter(Objects::nonNull)
                .map(Operation::getRequestBody)
                .filter(Objects::nonNull)
                .flatMap(body -> body.getContent().values().stream())
                .map(MediaType::getSchema)
                .map(Schema::get$ref)
                .map(reference -> reference.substring(REFERENCE.length()))
                .distinct()
                .map(name -> document.getComponents().getSchemas().get(name))
                .filter(Objects::nonNull)
                .forEach(schema -> schema.setRequired(null));
    }
}
