package dev.cytoplane.controlplane.audit;

import org.springframework.security.core.context.SecurityContextHolder;

/** Who is responsible for a write: a signed-in caller. What no caller asked for is done by {@code system}. */
public interface Actor {

    /** Stays the same when the user's name changes. */
    String subject();

    String username();

    /** Whoever the present thread works for. */
    static Actor current() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Actor actor ? actor : SYSTEM;
    }

    Actor SYSTEM = new Actor() {
        @Override
        public String subject() {
            return "system";
        }

        @Override
        public String username() {
            return "system";
        }
    };
}
