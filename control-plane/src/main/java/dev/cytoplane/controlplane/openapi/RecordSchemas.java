package dev.cytoplane.controlplane.openapi;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Our records say by their types what may be null; the schemas say it too: a component is required, or it is marked
 * {@code @Nullable} and may be left out or null. What a record does not know is not taken.
 */
@Component
class RecordSchemas implements ModelConverter {

    private static final String OURS = "dev.cytoplane.";
    private static final String REFERENCE = "#/components/schemas/";

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        Schema<?> resolved = chain.next().resolve(type, context, chain);
        JavaType java = Json.mapper().constructType(type.getType());
        if (resolved != null
                && java != null
                && java.getRawClass().isRecord()
                && java.getRawClass().getName().startsWith(OURS)) {
            Schema<?> model = model(resolved, context);
            if (model != null && model.getProperties() != null && model.getAdditionalProperties() == null) {
                describe(java.getRawClass(), model);
            }
        }
        return resolved;
    }

    private static @Nullable Schema<?> model(Schema<?> resolved, ModelConverterContext context) {
        return resolved.get$ref() == null
                ? resolved
                : context.getDefinedModels().get(resolved.get$ref().substring(REFERENCE.length()));
    }

    private static void describe(Class<?> type, Schema<?> model) {
        @SuppressWarnings({"rawtypes", "unchecked"})
        Map<String, Schema> properties = (Map) model.getProperties();
        Set<String> required = new LinkedHashSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Schema<?> property = properties.get(component.getName());
            if (property == null) {
                continue;
            }
            if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                properties.put(component.getName(), orNull(property));
            } else {
                required.add(component.getName());
            }
        }
        model.setRequired(required.isEmpty() ? null : List.copyOf(required));
        model.setAdditionalProperties(false);
    }

    private static Schema<?> orNull(Schema<?> schema) {
        if (schema.get$ref() == null && schema.getEnum() == null && schema.getTypes() != null) {
            Set<String> types = new LinkedHashSet<>(schema.getTypes());
            types.add("null");
            schema.setTypes(types);
            return schema;
        }
        var nothing = new Schema<>();
        nothing.setTypes(Set.of("null"));
        var either = new Schema<>();
        either.setAnyOf(new ArrayList<>(List.of(schema, nothing)));
        either.setDescription(schema.getDescription());
        schema.setDescription(null);
        return either;
    }

    @Override
    public boolean isOpenapi31() {
        return true;
    }
}
