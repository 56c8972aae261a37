/**
 * Holds a pod back until its network policies are in force. A new pod under an existing default-deny may be open for a
 * moment, until its address is known to what enforces the policies; nothing of a cell may run in that moment.
 */
@NullMarked
package dev.cytoplane.gateway.fence;

import org.jspecify.annotations.NullMarked;
