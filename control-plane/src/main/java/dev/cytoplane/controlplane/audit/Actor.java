package dev.cytoplane.controlplane.audit;

/** Who is responsible for a write: a signed-in caller. What no caller asked for is done by {@code system}. */
public interface Actor {

    /** Stays the same when the user's name changes. */
    String subject();

    String username();
}
