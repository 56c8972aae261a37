package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.dataplane.kubernetes.desired.Gates;
import dev.cytoplane.testcluster.WithKubernetes;

/** Where each cell has a gateway of its own. */
@WithKubernetes
class CellRulesOnKubernetesTest extends CellRules {

    @Override
    Gates.Kind gateways() {
        return Gates.Kind.OWN;
    }
}
