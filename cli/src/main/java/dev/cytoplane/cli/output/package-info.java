/** What people and scripts see: results on standard output, progress and errors on standard error. */
@NullMarked
package dev.cytoplane.cli.output;

import org.jspecify.annotations.NullMarked;
