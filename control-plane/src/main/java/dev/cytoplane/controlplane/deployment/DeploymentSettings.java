package dev.cytoplane.controlplane.deployment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param deadline how long a deployment may be under way before it has failed */
@ConfigurationProperties("cytoplane.deployment")
record DeploymentSettings(@DefaultValue("10m") Duration deadline) {}
