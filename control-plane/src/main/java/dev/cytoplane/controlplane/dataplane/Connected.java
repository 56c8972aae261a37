package dev.cytoplane.controlplane.dataplane;

import dev.cytoplane.contracts.link.LinkEvent;
import java.util.Set;

/** The data planes that watch their cells now, over links that lead to this process. */
public interface Connected {

    boolean isConnected(String dataPlane);

    /** Their names. */
    Set<String> names();

    /** Says something to a data plane; false when it is not connected or does not keep up. */
    boolean tell(String dataPlane, LinkEvent event);
}
