/** Images, built without a Docker daemon and without root: the same content gives the same image. */
@NullMarked
package dev.cytoplane.dataplane.kubernetes.image;

import org.jspecify.annotations.NullMarked;
