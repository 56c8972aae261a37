package dev.cytoplane.gateway.identity;

import java.time.Instant;
import java.util.Set;

/** What became of a token. */
public sealed interface Verification {

    /** Genuine, for us, and in its time. */
    record Genuine(String subject, Set<String> scopes, Instant expiresAt) implements Verification {}

    /** Not to be believed; the reason may be told to the caller. */
    record Refused(String reason) implements Verification {}

    /** The issuer's keys cannot be had, so nothing can be believed. */
    record Undecidable() implements Verification {}
}
