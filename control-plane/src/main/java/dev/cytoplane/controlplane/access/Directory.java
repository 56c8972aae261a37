package dev.cytoplane.controlplane.access;

import java.util.Optional;

/** The identity provider's users and service accounts. */
interface Directory {

    /** The subject of the user with that name. */
    Optional<String> subjectOf(String username);

    /** Whether a user or service account holds the role platform-admin now, and may sign in at all. */
    boolean isPlatformAdmin(String subject);

    /** What a machine signs in with. */
    record Client(String clientId, String clientSecret, String subject) {

        @Override
        public String toString() {
            return "Client[" + clientId + "]";
        }
    }

    /** Makes a client that may only get tokens for itself (client credentials); takes up one that is there already. */
    Client createServiceAccount(String clientId, String description);

    /** Its tokens get no successors. Nothing happens when it is gone already. */
    void deleteServiceAccount(String clientId);
}
