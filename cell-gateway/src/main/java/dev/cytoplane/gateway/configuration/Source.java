package dev.cytoplane.gateway.configuration;

import dev.cytoplane.contracts.gateway.GatewayConfiguration;
import java.util.Map;

/** A configuration with the contents of the files it names, by the names it uses. */
record Source(GatewayConfiguration configuration, Map<String, String> files) {}
