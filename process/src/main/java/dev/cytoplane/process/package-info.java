/**
 * Processes of this machine that outlive their owner. A supervisor that is killed must neither take its processes with
 * it nor forget them: whoever comes next, with the same state folder, adopts what still runs and ends what nobody wants.
 */
@NullMarked
package dev.cytoplane.process;

import org.jspecify.annotations.NullMarked;
