package dev.cytoplane.controlplane.dataplane;

import jakarta.servlet.http.HttpServletRequest;

/** Who asks on the link. */
public interface Callers {

    /**
     * The name of the data plane whose certificate the caller has.
     *
     * @throws dev.cytoplane.controlplane.problem.Problem 401 when it has none that counts
     */
    String dataPlane(HttpServletRequest request);
}
