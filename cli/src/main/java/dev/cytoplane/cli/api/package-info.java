/** The public REST API, as a client: problems as failures, retries, and event streams that resume. */
@NullMarked
package dev.cytoplane.cli.api;

import org.jspecify.annotations.NullMarked;
