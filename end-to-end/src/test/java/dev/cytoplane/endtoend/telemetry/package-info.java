/** What the platform tells by OpenTelemetry, received over real OTLP. */
@NullMarked
package dev.cytoplane.endtoend.telemetry;

import org.jspecify.annotations.NullMarked;
