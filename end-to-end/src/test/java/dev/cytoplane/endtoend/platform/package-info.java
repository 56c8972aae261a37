/**
 * One real platform for the whole test run, started and ended through {@code ./cyto} as a person does, and the ways to
 * reach it: REST, Git, the CLI, HTTP through the gateways, and the OTLP that it sends.
 */
@NullMarked
package dev.cytoplane.endtoend.platform;

import org.jspecify.annotations.NullMarked;
