/** A bounded context that one team owns; at run time a cell in each environment. */
@NullMarked
package dev.cytoplane.controlplane.project;

import org.jspecify.annotations.NullMarked;
