/** Makes the AOT caches of the services, so that the platform starts with less work. */
@NullMarked
package dev.cytoplane.launcher.training;

import org.jspecify.annotations.NullMarked;
