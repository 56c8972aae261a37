package dev.cytoplane.dataplane.kubernetes.image;

import dev.cytoplane.contracts.cell.Cell;

/** Where the images of components come from. */
public interface ImageSource {

    /**
     * The image of a component before it is made: {@code repository:tag}. The tag says what goes into it, so a cell's pods
     * whose image begins with it run what is wanted.
     *
     * @throws ImageException when nothing says what such a component runs on
     */
    String name(Cell.Component component);

    /** The image, if it is there. Asking begins to make it; never waits. */
    ReleaseImage of(Cell.Component component);
}
