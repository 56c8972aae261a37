/**
 * The agent of a data plane: it watches the cells that should run here, makes them run, puts a gateway in front of them,
 * and says what it sees. It holds no business rules and no history. Packages build on each other in one direction:
 * settings, storage, port, identity, artifact, runtime, gateway, cell, status, link.
 */
@NullMarked
package dev.cytoplane.dataplane;

import org.jspecify.annotations.NullMarked;
