/** What a request must satisfy. One file a policy, each a function over a small view of the request, so that every lane enforces the same. */
@NullMarked
package dev.cytoplane.gateway.policy;

import org.jspecify.annotations.NullMarked;
