@NullMarked
package dev.cytoplane.testcluster;

import org.jspecify.annotations.NullMarked;
