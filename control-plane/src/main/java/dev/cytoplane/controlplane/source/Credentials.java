package dev.cytoplane.controlplane.source;

/** How the platform signs in to an outside repository; sealed at rest as JSON, under the context {@link #context}. */
record Credentials(String username, String password) {

    static String context(java.util.UUID componentId) {
        return "component/" + componentId + "/source";
    }
}
