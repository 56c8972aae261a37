/** What the launcher does through the public REST API: it registers the data plane, and signs the person in. */
@NullMarked
package dev.cytoplane.launcher.registration;

import org.jspecify.annotations.NullMarked;
