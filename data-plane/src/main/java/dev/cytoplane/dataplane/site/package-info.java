/** The server of static sites: a small process of its own, with nothing but the JDK, on one machine and in an image. */
@NullMarked
package dev.cytoplane.dataplane.site;

import org.jspecify.annotations.NullMarked;
