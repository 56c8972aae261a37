/** What a data plane tells about itself by OTLP, so that an operator sees its cells without asking the control plane. */
@NullMarked
package dev.cytoplane.dataplane.telemetry;

import org.jspecify.annotations.NullMarked;
