/** Sign-in at endpoints of cells: what their descriptors ask for is made known to the identity provider. */
@NullMarked
package dev.cytoplane.controlplane.signin;

import org.jspecify.annotations.NullMarked;
