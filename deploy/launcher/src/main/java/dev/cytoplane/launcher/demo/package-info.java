/** The sample shop: organization and projects, pushed with real Git, called through its gateways. */
@NullMarked
package dev.cytoplane.launcher.demo;

import org.jspecify.annotations.NullMarked;
