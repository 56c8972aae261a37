/** What the supervisor runs: one class a service, each knowing how it is started and when it is ready. */
@NullMarked
package dev.cytoplane.launcher.service;

import org.jspecify.annotations.NullMarked;
