/** Where the executed part of a build happens: on this machine, or elsewhere. */
@NullMarked
package dev.cytoplane.controlplane.build.place;

import org.jspecify.annotations.NullMarked;
