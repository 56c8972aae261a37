/**
 * A build in a pod of its own: it asks the control plane what to do and for the source, builds, and brings back the log, the
 * artifact and how it went. Whoever wrote the source may do here what a pod may do that reaches nothing.
 */
@NullMarked
package dev.cytoplane.builder.pod;

import org.jspecify.annotations.NullMarked;
