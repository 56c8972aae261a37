package dev.cytoplane.builder.node;

import dev.cytoplane.builder.BuildFailure;
import dev.cytoplane.builder.SourceFiles;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The parts of a package.json that decide how it is built. */
record PackageJson(JsonNode root) {

    static final String FILE = "package.json";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> RUNTIME = List.of("dependencies", "optionalDependencies");

    static PackageJson read(SourceFiles files) {
        String text = files.text(FILE)
                .orElseThrow(() -> new BuildFailure("The builder node needs a package.json, and there is none."));
        try {
            JsonNode root = JSON.readTree(text);
            if (root.isObject()) {
                return new PackageJson(root);
            }
        } catch (JacksonException e) {
            throw new BuildFailure(
                    "package.json is not valid JSON: %s (line %d)."
                            .formatted(e.getOriginalMessage(), e.getLocation().getLineNr()),
                    e);
        }
        throw new BuildFailure("package.json has to hold a JSON object.");
    }

    Optional<String> script(String name) {
        return text(root.path("scripts").path(name));
    }

    Optional<String> main() {
        return text(root.path("main")).map(main -> main.startsWith("./") ? main.substring(2) : main);
    }

    boolean hasDependencies() {
        return RUNTIME.stream().anyMatch(field -> !root.path(field).isEmpty());
    }

    boolean hasDevelopmentDependencies() {
        return !root.path("devDependencies").isEmpty();
    }

    boolean hasWorkspaces() {
        return !root.path("workspaces").isEmpty();
    }

    /** Dependencies on folders of the source: their content is not in the lock file. */
    boolean hasLocalDependencies() {
        return Stream.concat(RUNTIME.stream(), Stream.of("devDependencies"))
                .flatMap(field -> root.path(field).valueStream())
                .anyMatch(version -> text(version)
                        .filter(value -> value.startsWith("file:") || value.startsWith("link:"))
                        .isPresent());
    }

    private static Optional<String> text(JsonNode node) {
        return node.isString() && !node.stringValue().isBlank()
                ? Optional.of(node.stringValue().strip())
                : Optional.empty();
    }
}
