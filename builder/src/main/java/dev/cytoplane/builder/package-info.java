/** What every builder is, and what it may use. A new language is one implementation of {@link Builder}, beside the others. */
@NullMarked
package dev.cytoplane.builder;

import org.jspecify.annotations.NullMarked;
