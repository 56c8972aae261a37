/** The transactional outbox: what happened is stored with what changed, then told to handlers and to the event stream. */
@NullMarked
package dev.cytoplane.controlplane.event;

import org.jspecify.annotations.NullMarked;
