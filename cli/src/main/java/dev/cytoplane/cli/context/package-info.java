/** Which server, organization and project the commands mean, and the sign-in that goes with them. */
@NullMarked
package dev.cytoplane.cli.context;

import org.jspecify.annotations.NullMarked;
