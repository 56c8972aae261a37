package dev.cytoplane.controlplane.environment;

import java.util.Optional;

/** What environments need to know of data planes. */
public interface DataPlanes {

    boolean exists(String name);

    /** The one called {@code local}, else the only one. */
    Optional<String> defaultDataPlane();
}
