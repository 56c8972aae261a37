/** Compiles what is deployed into Cell documents, and keeps their versions. Compiling is a pure function. */
@NullMarked
package dev.cytoplane.controlplane.cell;

import org.jspecify.annotations.NullMarked;
