/** One listener for each audience: the API, the webhooks, the link. Each serves its own paths and nothing else. */
@NullMarked
package dev.cytoplane.controlplane.listener;

import org.jspecify.annotations.NullMarked;
