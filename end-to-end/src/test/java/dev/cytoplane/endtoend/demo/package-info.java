/** What a newcomer gets: the sample shop, live. */
@NullMarked
package dev.cytoplane.endtoend.demo;

import org.jspecify.annotations.NullMarked;
