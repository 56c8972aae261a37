package dev.cytoplane.dataplane.kubernetes.desired;

import dev.cytoplane.contracts.cell.Cell;
import java.util.List;

/** The program and arguments of a component's container. */
final class Commands {

    /** Where an artifact is in its image. */
    static final String FOLDER = "/app";

    private Commands() {}

    static List<String> of(Cell.Component component) {
        // An image with files to serve knows its server; a bundle is started as its component says.
        return component.artifact().kind() == Cell.Artifact.Kind.STATIC ? List.of() : component.command();
    }
}
