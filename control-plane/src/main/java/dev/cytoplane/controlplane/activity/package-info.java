/** What happened in an organization, for those who may know: its event stream, what happened before, and its audit log. */
@NullMarked
package dev.cytoplane.controlplane.activity;

import org.jspecify.annotations.NullMarked;
