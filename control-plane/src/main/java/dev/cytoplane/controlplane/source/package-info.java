/** Where a component's source is: its repository on the platform, uploads of working trees, or a repository elsewhere. */
@NullMarked
package dev.cytoplane.controlplane.source;

import org.jspecify.annotations.NullMarked;
