/** Errors as RFC 9457 problem details: typed, with a sentence that says what to do, naming the field that is wrong. */
@NullMarked
package dev.cytoplane.controlplane.problem;

import org.jspecify.annotations.NullMarked;
