/** What is said of builds that run elsewhere than in the control plane: to and by a data plane, to and by a build's pod. */
@NullMarked
package dev.cytoplane.contracts.build;

import org.jspecify.annotations.NullMarked;
