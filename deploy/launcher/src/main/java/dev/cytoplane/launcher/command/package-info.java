/** The launcher's commands: up, down, status, doctor, reset, demo. */
@NullMarked
package dev.cytoplane.launcher.command;

import org.jspecify.annotations.NullMarked;
