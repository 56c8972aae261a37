package dev.cytoplane.controlplane.event;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Something that happened in an organization.
 *
 * @param sequence counts the organization's events, from 1, without gaps, in the order of their commits
 * @param type noun and verb, as {@code build.finished}
 * @param subject the path of what it happened to, as {@code acme/shop/api}
 */
public record Event(
        long sequence, UUID organizationId, String type, String subject, Map<String, Object> data, Instant time) {}
