/** Plain settings of a component in an environment. */
@NullMarked
package dev.cytoplane.controlplane.configuration;

import org.jspecify.annotations.NullMarked;
