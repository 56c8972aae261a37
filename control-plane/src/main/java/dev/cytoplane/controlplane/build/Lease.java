package dev.cytoplane.controlplane.build;

import java.util.UUID;

/**
 * The right to work on a build. Every write of a run names it, so that a run that was slow or cut off for too long
 * changes nothing any more once somebody else has taken over.
 */
record Lease(UUID build, String owner, int attempt) {

    static final String CONDITION = " where id = ? and status = 'RUNNING' and lease_owner = ? and attempt = ?";
}
