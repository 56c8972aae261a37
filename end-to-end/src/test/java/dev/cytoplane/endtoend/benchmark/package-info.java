@NullMarked
package dev.cytoplane.endtoend.benchmark;

import org.jspecify.annotations.NullMarked;
