/** Webhooks: how a Git host tells of pushes, and what it has told. */
@NullMarked
package dev.cytoplane.cli.webhook;

import org.jspecify.annotations.NullMarked;
