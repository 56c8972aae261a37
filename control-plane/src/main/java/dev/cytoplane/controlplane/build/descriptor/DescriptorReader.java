package dev.cytoplane.controlplane.build.descriptor;

import dev.cytoplane.contracts.descriptor.Descriptor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.type.LogicalType;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Text of a {@code cytoplane.yaml} to a {@link Descriptor}. Unknown fields, wrong types, repeated keys and aliases are
 * mistakes; so is whatever {@link DescriptorRules} refuses. Pure.
 */
public final class DescriptorReader {

    /** Characters. Far more than any descriptor needs. */
    static final int SIZE_LIMIT = 128 * 1024;

    private static final String EMPTY_FILE = "is empty. Leave the file out, or start it with apiVersion and kind.";

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    /** What a component without a descriptor declares: nothing. */
    public static final Descriptor EMPTY = new Descriptor(
            Descriptor.API_VERSION, Descriptor.KIND, null, null, null, null, null, null, null, null, null);

    private DescriptorReader() {}

    /** @throws DescriptorException naming field and line of each mistake */
    public static Descriptor read(String text) {
        if (text.length() > SIZE_LIMIT) {
            throw mistake("", 0, "is larger than %d KiB.".formatted(SIZE_LIMIT / 1024));
        }
        if (text.isBlank()) {
            throw mistake("", 0, EMPTY_FILE);
        }
        Lines lines = Lines.read(text);
        Descriptor descriptor;
        try {
            descriptor = YAML.readValue(text, Descriptor.class);
        } catch (JacksonException e) {
            throw new DescriptorException(List.of(explain(e, lines)));
        }
        if (descriptor == null) {
            throw mistake("", 0, EMPTY_FILE);
        }
        List<DescriptorException.Mistake> mistakes = DescriptorRules.check(descriptor).stream()
                .map(finding ->
                        new DescriptorException.Mistake(finding.field(), lines.of(finding.field()), finding.message()))
                .toList();
        if (!mistakes.isEmpty()) {
            throw new DescriptorException(mistakes);
        }
        return descriptor;
    }

    static DescriptorException mistake(String field, int line, String message) {
        return new DescriptorException(List.of(new DescriptorException.Mistake(field, line, message)));
    }

    private static DescriptorException.Mistake explain(JacksonException e, Lines lines) {
        String field = e instanceof DatabindException ? field(e.getPath()) : "";
        int line = field.isEmpty() ? lineOf(e) : lines.of(field);
        return new DescriptorException.Mistake(field, line, message(e));
    }

    private static int lineOf(JacksonException e) {
        return e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
    }

    private static String message(JacksonException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                "is not a field here. Known are: "
                        + unknown.getKnownPropertyIds().stream()
                                .map(String::valueOf)
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + ".";
            case InvalidFormatException format
            when format.getTargetType().isEnum() ->
                "cannot be %s. It is one of: %s.".formatted(format.getValue(), names(format.getTargetType()));
            case InvalidFormatException format ->
                "cannot be %s. It has to be %s.".formatted(format.getValue(), kind(format.getTargetType()));
            case tools.jackson.databind.exc.MismatchedInputException mismatch
            when mismatch.getTargetType() != null -> "has to be " + kind(mismatch.getTargetType()) + ".";
            default ->
                "cannot be read: " + e.getOriginalMessage().lines().findFirst().orElse("not valid YAML") + ".";
        };
    }

    private static String names(Class<?> type) {
        return Stream.of(type.getFields())
                .filter(java.lang.reflect.Field::isEnumConstant)
                .map(constant -> {
                    var property = constant.getAnnotation(com.fasterxml.jackson.annotation.JsonProperty.class);
                    return property == null ? constant.getName() : property.value();
                })
                .collect(Collectors.joining(", "));
    }

    private static String kind(Class<?> type) {
        if (type == String.class) {
            return "text (put it in quotes)";
        }
        if (type == Integer.class) {
            return "a whole number";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        if (type.isEnum()) {
            return "one of: " + names(type);
        }
        if (List.class.isAssignableFrom(type)) {
            return "a list";
        }
        String fields = type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .map(java.lang.reflect.RecordComponent::getName)
                        .collect(Collectors.joining(", "))
                : "";
        return fields.isEmpty()
                ? "a map of names and values"
                : "a map with the fields of %s: %s"
                        .formatted(type.getSimpleName().toLowerCase(Locale.ROOT), fields);
    }

    private static String field(List<JacksonException.Reference> path) {
        StringBuilder field = new StringBuilder();
        for (JacksonException.Reference step : path) {
            if (step.getPropertyName() == null) {
                field.append('[').append(step.getIndex()).append(']');
            } else {
                field.append(field.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return field.toString();
    }
}
