/** Tests of deployments: from a release to what a data plane reports of it. */
@NullMarked
package dev.cytoplane.controlplane.deployment;

import org.jspecify.annotations.NullMarked;
