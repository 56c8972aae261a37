package dev.cytoplane.controlplane.dataplane;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param hostNames names, besides localhost and that of the link's URL, under which data planes reach the link */
@ConfigurationProperties("cytoplane.link")
record LinkSettings(@DefaultValue List<String> hostNames) {}
