/** What a data plane needs that is itself a pod of its cluster: its keys, and that only one of its pods works. */
@NullMarked
package dev.cytoplane.dataplane.kubernetes.pod;

import org.jspecify.annotations.NullMarked;
