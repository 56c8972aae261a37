package dev.cytoplane.controlplane.problem;

import dev.cytoplane.controlplane.problem.Problem.FieldError;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Why a document could not be read, in words for the person who wrote it. */
public final class JsonProblems {

    private JsonProblems() {}

    public static List<FieldError> fields(JacksonException failure) {
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return List.of(new FieldError(path(failure), unknownField(unknown)));
        }
        if (failure instanceof InvalidFormatException format) {
            return List.of(new FieldError(path(failure), expected(format.getTargetType())));
        }
        if (failure instanceof MismatchedInputException mismatch) {
            return List.of(new FieldError(path(failure), expected(mismatch.getTargetType())));
        }
        if (failure instanceof StreamReadException) {
            var place = failure.getLocation();
            String where = place == null || place.getLineNr() < 1
                    ? ""
                    : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
            return List.of(new FieldError("body", "is not valid JSON" + where));
        }
        return List.of(new FieldError(path(failure), "cannot be read"));
    }

    private static String unknownField(UnrecognizedPropertyException unknown) {
        var known = unknown.getKnownPropertyIds();
        return known == null || known.isEmpty()
                ? "is not a field here"
                : "is not a field here; known are "
                        + known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "has the wrong type";
        }
        if (type.isEnum()) {
            return "must be one of "
                    + Arrays.stream(type.getFields())
                            .filter(java.lang.reflect.Field::isEnumConstant)
                            .map(JsonProblems::constant)
                            .collect(Collectors.joining(", "));
        }
        if (type == boolean.class || type == Boolean.class) {
            return "must be true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "must be a number";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "must be a string";
        }
        if (java.util.Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "must be a list";
        }
        return java.util.Map.class.isAssignableFrom(type) || type.isRecord()
                ? "must be an object"
                : "must be a " + type.getSimpleName();
    }

    private static String constant(java.lang.reflect.Field field) {
        var name = field.getAnnotation(com.fasterxml.jackson.annotation.JsonProperty.class);
        return name == null ? field.getName() : name.value();
    }

    private static String path(JacksonException failure) {
        String path = failure.getPath().stream()
                .map(step ->
                        step.getPropertyName() != null ? "." + step.getPropertyName() : "[" + step.getIndex() + "]")
                .collect(Collectors.joining());
        return path.isEmpty() ? "body" : path.startsWith(".") ? path.substring(1) : path;
    }
}
