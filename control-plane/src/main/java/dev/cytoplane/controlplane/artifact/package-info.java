/** What builds leave behind: archives, stored once under the hash of their content. */
@NullMarked
package dev.cytoplane.controlplane.artifact;

import org.jspecify.annotations.NullMarked;
