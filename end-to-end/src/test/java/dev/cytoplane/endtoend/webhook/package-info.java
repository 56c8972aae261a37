/** What GitHub sends, and what others send who are not GitHub. */
@NullMarked
package dev.cytoplane.endtoend.webhook;

import org.jspecify.annotations.NullMarked;
