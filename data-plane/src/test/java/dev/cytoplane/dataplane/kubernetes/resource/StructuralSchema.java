package dev.cytoplane.dataplane.kubernetes.resource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The published schema of the Cell document as Kubernetes wants it: without references, every node with a type, every list
 * and text with a bound, since the cost of a rule is estimated from the bounds.
 */
final class StructuralSchema {

    private static final String NAME = "^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$";

    /** By definition and property: what the records cannot say. */
    private static final Map<String, Map<String, Object>> BOUNDS = Map.ofEntries(
            Map.entry("Spec.identity", Map.of("maxLength", 2048, "pattern", "^spiffe://")),
            Map.entry("Spec.host", Map.of("maxLength", 253)),
            Map.entry("Spec.components", listOf("name", 200)),
            Map.entry("TokenIssuer.audiences", Map.of("maxItems", 32)),
            Map.entry("Component.name", Map.of("maxLength", 40, "pattern", NAME)),
            Map.entry("Component.replicas", Map.of("minimum", 0, "maximum", 1000)),
            Map.entry("Component.memoryBytes", Map.of("minimum", 1)),
            Map.entry("Component.cpuMillis", Map.of("minimum", 1)),
            Map.entry("Component.gracePeriodSeconds", Map.of("minimum", 0, "maximum", 3600)),
            Map.entry("Component.command", Map.of("maxItems", 256)),
            Map.entry("Component.secrets", listOf("variable", 256)),
            Map.entry("Component.endpoints", listOf("name", 32)),
            Map.entry("Component.connections", listOf("name", 64)),
            Map.entry("Component.environment", Map.of("maxProperties", 512)),
            Map.entry("Autoscaling.minInstances", Map.of("minimum", 1, "maximum", 1000)),
            Map.entry("Autoscaling.maxInstances", Map.of("minimum", 1, "maximum", 1000)),
            Map.entry("Autoscaling.cpuPercent", Map.of("minimum", 1, "maximum", 100)),
            Map.entry("Autoscaling.memoryPercent", Map.of("minimum", 1, "maximum", 100)),
            Map.entry("Artifact.digest", Map.of("maxLength", 71, "pattern", "^sha256:[0-9a-f]{64}$")),
            Map.entry("SealedSecret.variable", Map.of("maxLength", 256, "pattern", "^[A-Za-z_][A-Za-z0-9_]*$")),
            Map.entry("Endpoint.name", Map.of("maxLength", 40, "pattern", NAME)),
            Map.entry("Endpoint.port", Map.of("minimum", 1, "maximum", 65535)),
            Map.entry("Endpoint.callers", Map.of("maxItems", 1024)),
            Map.entry("Connection.name", Map.of("maxLength", 40, "pattern", NAME)),
            Map.entry("Connection.variable", Map.of("maxLength", 256, "pattern", "^[A-Za-z_][A-Za-z0-9_]*$")));

    /** By definition: rules in CEL. */
    private static final Map<String, List<Map<String, Object>>> RULES = Map.of(
            "Spec",
                    List.of(rule(
                            "self.identity == oldSelf.identity", "a cell's identity never changes; make another cell")),
            "Component",
                    List.of(
                            rule(
                                    "self.artifact.kind == 'STATIC' || self.command.size() > 0",
                                    "a component that is not static needs a command"),
                            rule(
                                    "!has(self.autoscaling) || !has(self.task)",
                                    "what runs to its end has no instances that could be scaled by load"),
                            rule(
                                    "!self.name.startsWith('cell-gateway')",
                                    "names with cell-gateway are the cell's gateway's")),
            "Autoscaling",
                    List.of(
                            rule("self.minInstances <= self.maxInstances", "minInstances is more than maxInstances"),
                            rule(
                                    "has(self.cpuPercent) || has(self.memoryPercent)",
                                    "at least one of cpuPercent and memoryPercent is given")),
            "Connection",
                    List.of(rule(
                            "[has(self.sameCell), has(self.otherCell), has(self.external)].filter(given, given).size() == 1",
                            "exactly one of sameCell, otherCell and external is given")));

    private final Map<String, Object> definitions;

    private StructuralSchema(Map<String, Object> definitions) {
        this.definitions = definitions;
    }

    /** @param published docs/reference/cell.schema.json */
    static Map<String, Object> ofSpec(Map<String, Object> published) {
        return new StructuralSchema(map(published.get("$defs"))).definition("Spec");
    }

    private Map<String, Object> definition(String name) {
        Map<String, Object> source = map(definitions.get(name));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        copy(source, schema, "description");
        Map<String, Object> properties = new LinkedHashMap<>();
        map(source.get("properties")).forEach((property, value) -> {
            Map<String, Object> node = node(map(value));
            // Sorted: Map.of has another order in every JVM.
            node.putAll(new TreeMap<>(BOUNDS.getOrDefault(name + "." + property, Map.of())));
            properties.put(property, node);
        });
        schema.put("properties", properties);
        copy(source, schema, "required");
        if (RULES.containsKey(name)) {
            schema.put("x-kubernetes-validations", RULES.get(name));
        }
        return schema;
    }

    private Map<String, Object> node(Map<String, Object> source) {
        Map<String, Object> node = new LinkedHashMap<>();
        if (source.get("$ref") instanceof String reference) {
            node.putAll(definition(reference.substring("#/$defs/".length())));
            copy(source, node, "description");
            return node;
        }
        node.put("type", source.getOrDefault("type", "string"));
        copy(source, node, "description");
        copy(source, node, "enum");
        if ("integer".equals(source.get("type"))) {
            node.put("format", "int64");
        }
        if (source.get("items") instanceof Map<?, ?> items) {
            node.put("items", node(map(items)));
        }
        if (source.get("additionalProperties") instanceof Map<?, ?> values) {
            node.put("additionalProperties", node(map(values)));
        }
        return node;
    }

    private static void copy(Map<String, Object> from, Map<String, Object> to, String key) {
        Object value = from.get(key);
        if (value != null) {
            to.put(key, value);
        }
    }

    private static Map<String, Object> listOf(String key, int most) {
        Map<String, Object> bounds = new LinkedHashMap<>();
        bounds.put("maxItems", most);
        bounds.put("x-kubernetes-list-type", "map");
        bounds.put("x-kubernetes-list-map-keys", new ArrayList<>(List.of(key)));
        return bounds;
    }

    private static Map<String, Object> rule(String rule, String message) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("rule", rule);
        node.put("message", message);
        return node;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }
}
