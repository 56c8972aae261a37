/** What the script {@code cyto} runs once after a build, so that the JVM learns which classes a start needs. */
@NullMarked
package dev.cytoplane.cli.warmup;

import org.jspecify.annotations.NullMarked;
