/** Request targets and paths: strict parsing, longest-prefix lookup, rewriting. Pure functions; knows no gateway configuration. */
@NullMarked
package dev.cytoplane.gateway.route;

import org.jspecify.annotations.NullMarked;
