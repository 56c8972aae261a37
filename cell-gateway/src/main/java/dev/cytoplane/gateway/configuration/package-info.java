/** Where the configuration comes from: the data plane's folder, and the last good copy when that is broken or gone. */
@NullMarked
package dev.cytoplane.gateway.configuration;

import org.jspecify.annotations.NullMarked;
