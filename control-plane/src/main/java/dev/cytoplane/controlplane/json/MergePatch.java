package dev.cytoplane.controlplane.json;

import dev.cytoplane.controlplane.problem.JsonProblems;
import dev.cytoplane.controlplane.problem.Problem;
import jakarta.validation.Validator;
import java.util.Comparator;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Merge Patch (RFC 7396): what the patch names is replaced, null removes, the rest stays. The outcome is read and
 * validated like a whole document, so a patch can make nothing that a creation could not.
 */
@Component
public class MergePatch {

    /** Media type of a patch; application/json is taken for the same. */
    public static final String MEDIA_TYPE = "application/merge-patch+json";

    private final JsonMapper json;
    private final Validator validator;

    MergePatch(JsonMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /** @param current the changeable part of the resource as it is */
    @SuppressWarnings("unchecked")
    public <T extends Record> T apply(T current, JsonNode patch) {
        if (!patch.isObject()) {
            throw Problem.invalid("body", "must be a JSON object");
        }
        ObjectNode document = json.valueToTree(current);
        merge(document, (ObjectNode) patch);
        try {
            T changed = (T) json.treeToValue(document, current.getClass());
            validate(changed);
            return changed;
        } catch (tools.jackson.databind.DatabindException e) {
            throw Problem.invalid(JsonProblems.fields(e));
        }
    }

    private static void merge(ObjectNode target, ObjectNode patch) {
        for (var field : patch.properties()) {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                target.putNull(field.getKey());
            } else if (value.isObject()) {
                JsonNode below = target.get(field.getKey());
                ObjectNode merged = below instanceof ObjectNode object ? object : target.objectNode();
                merge(merged, (ObjectNode) value);
                target.set(field.getKey(), merged);
            } else {
                target.set(field.getKey(), value);
            }
        }
    }

    private <T> void validate(T changed) {
        var violations = validator.validate(changed);
        if (!violations.isEmpty()) {
            throw Problem.invalid(violations.stream()
                    .map(it -> new Problem.FieldError(it.getPropertyPath().toString(), it.getMessage()))
                    .sorted(Comparator.comparing(Problem.FieldError::field))
                    .toList());
        }
    }
}
