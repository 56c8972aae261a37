package dev.cytoplane.dataplane.kubernetes.image;

import dev.cytoplane.contracts.cell.Cell;
import java.util.Map;

/**
 * What the images of components are built on.
 *
 * @param names by the program that a component's command begins with, as {@code node} and {@code java}; {@code static} for
 *     what serves static sites, else {@code java}. An image of a registry, better by its digest, or {@code tar://} and a file
 */
public record BaseImages(Map<String, String> names) {

    private static final String JAVA = "java";
    private static final String STATIC = "static";

    public BaseImages {
        names = Map.copyOf(names);
    }

    /** @throws ImageException when there is none for this component */
    String of(Cell.Component component) {
        String program;
        if (component.artifact().kind() == Cell.Artifact.Kind.STATIC) {
            program = names.containsKey(STATIC) ? STATIC : JAVA;
        } else if (component.command().isEmpty()) {
            throw new ImageException("it has no command: add run.command to its cytoplane.yaml", null);
        } else {
            program = component.command().getFirst();
        }
        String base = names.get(program);
        if (base == null) {
            throw new ImageException(
                    "this data plane has no base image for the program %s: set cytoplane.data-plane.kubernetes.base-images.%s"
                            .formatted(program, program),
                    null);
        }
        return base;
    }
}
