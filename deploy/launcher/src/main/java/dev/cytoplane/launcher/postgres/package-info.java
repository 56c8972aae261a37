/** PostgreSQL from its binaries in a jar: unpacked, initialised, run as a service, with one role for each user of it. */
@NullMarked
package dev.cytoplane.launcher.postgres;

import org.jspecify.annotations.NullMarked;
