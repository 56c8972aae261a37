package dev.cytoplane.controlplane.access;

import dev.cytoplane.controlplane.audit.Actor;

/**
 * Who makes a request.
 *
 * @param subject the identity provider's stable id of the user or service account
 * @param platformAdmin whether the caller may manage data planes; gives no right inside an organization
 */
public record Caller(String subject, String username, PlatformAdmin platformAdmin) implements Actor {

    /** What a token says of the role platform-admin. */
    public enum PlatformAdmin {
        NO,
        /** The identity provider has put it into the token, which lives for minutes. */
        YES,
        /** The token was made for it, and lives long: whether its owner still holds the role is asked at each use. */
        IF_STILL_HELD
    }
}
