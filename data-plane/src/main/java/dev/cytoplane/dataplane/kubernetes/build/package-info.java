/** Builds as Jobs: a namespace in which nothing else is, a Job for each attempt, and what is to be said of it. */
@NullMarked
package dev.cytoplane.dataplane.kubernetes.build;

import org.jspecify.annotations.NullMarked;
