package dev.cytoplane.controlplane.component;

import dev.cytoplane.controlplane.access.ComponentScope;
import java.util.List;

/** A bean of a feature that has something left of a component which must be taken down before it can be deleted. */
public interface InUse {

    /** What is left and what to do, for a person: {@code it is deployed in production: undeploy it there}. Empty when nothing stands in the way. */
    List<String> reasons(ComponentScope component);
}
