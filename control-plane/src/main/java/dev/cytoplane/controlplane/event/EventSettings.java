package dev.cytoplane.controlplane.event;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which events are kept. What a handler has not handled yet is kept whatever these say.
 *
 * @param retention how old an event may get
 * @param most how many are kept of one organization, the newest ones
 */
@ConfigurationProperties("cytoplane.events")
record EventSettings(
        @DefaultValue("30d") Duration retention,
        @DefaultValue("100000") long most) {}
