/**
 * Crashes of every part, at the worst moments, by the hardest signal. Afterwards nothing that was acknowledged is lost,
 * nothing is half there, no process is without an owner, and what could go on meanwhile has gone on.
 */
@NullMarked
package dev.cytoplane.endtoend.fault;

import org.jspecify.annotations.NullMarked;
