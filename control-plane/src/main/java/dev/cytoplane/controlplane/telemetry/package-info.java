/** Traces, metrics and logs by OTLP, to one endpoint that the operator names; else nothing leaves. */
@NullMarked
package dev.cytoplane.controlplane.telemetry;

import org.jspecify.annotations.NullMarked;
