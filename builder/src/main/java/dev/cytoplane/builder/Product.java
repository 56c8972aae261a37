package dev.cytoplane.builder;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.ComponentType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a build leaves behind.
 *
 * @param root the folder that becomes the artifact's top
 * @param paths what of it belongs to the artifact, relative to it; everything when empty
 * @param command program and arguments that start it, in its top folder; empty for a static one
 * @param environment variables that such a program usually wants; the author's own come first
 * @param type what it is, when neither the component nor the descriptor says so
 */
public record Product(
        Cell.Artifact.Kind kind,
        Path root,
        List<String> paths,
        List<String> command,
        Map<String, String> environment,
        ComponentType type) {

    /** Files to serve. */
    public static Product files(Path root) {
        return new Product(
                Cell.Artifact.Kind.STATIC, root, List.of(), List.of(), Map.of(), ComponentType.WEB_APPLICATION);
    }

    /** A program to run. */
    public static Product program(
            Path root, List<String> paths, List<String> command, Map<String, String> environment) {
        return new Product(Cell.Artifact.Kind.BUNDLE, root, paths, command, environment, ComponentType.SERVICE);
    }
}
