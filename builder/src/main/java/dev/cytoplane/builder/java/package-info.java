/** Builds what Maven builds: a program for the Java virtual machine. */
@NullMarked
package dev.cytoplane.builder.java;

import org.jspecify.annotations.NullMarked;
