/** Builds what Maven builds: a program for the Java virtual machine. */
@NullMarked
package dev.cytoplane.controlplane.build.java;

import org.jspecify.annotations.NullMarked;
