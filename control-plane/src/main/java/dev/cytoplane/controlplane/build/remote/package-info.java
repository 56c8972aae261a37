/**
 * Builds that are executed by data planes: what is wanted of them, and what they and the builds' pods say. All of it is in
 * memory, with the lease: a control plane that is lost has lost it, and another attempt begins with another token.
 */
@NullMarked
package dev.cytoplane.controlplane.build.remote;

import org.jspecify.annotations.NullMarked;
