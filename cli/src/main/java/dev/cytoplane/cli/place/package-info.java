/** What the words of a command line name: organization, project, component, environment. */
@NullMarked
package dev.cytoplane.cli.place;

import org.jspecify.annotations.NullMarked;
