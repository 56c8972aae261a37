/** What is built and deployed as one unit, and where its source is. */
@NullMarked
package dev.cytoplane.controlplane.component;

import org.jspecify.annotations.NullMarked;
