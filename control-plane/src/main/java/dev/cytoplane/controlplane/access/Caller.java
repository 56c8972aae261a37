package dev.cytoplane.controlplane.access;

import dev.cytoplane.controlplane.audit.Actor;

/**
 * Who makes a request.
 *
 * @param subject the identity provider's stable id of the user or service account
 * @param platformAdmin may manage data planes; gives no right inside an organization
 */
public record Caller(String subject, String username, boolean platformAdmin) implements Actor {}
