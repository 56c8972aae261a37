package dev.cytoplane.controlplane.audit;

import java.time.Instant;
import java.util.Map;

/**
 * One write.
 *
 * @param id the sequence as text
 * @param sequence counts the organization's entries, from 1
 * @param actor the user name at the time; {@code system} for what nobody asked for
 * @param action noun and verb, as {@code component.created}
 * @param resource the path of what was written
 * @param hash SHA-256 over this entry and the hash before it, hexadecimal
 */
public record AuditEntry(
        String id,
        long sequence,
        Instant time,
        String actor,
        String actorSubject,
        String action,
        String resource,
        Map<String, Object> details,
        String hash) {}
