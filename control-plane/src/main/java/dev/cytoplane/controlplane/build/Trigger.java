package dev.cytoplane.controlplane.build;

/** What a build was started by. */
public enum Trigger {
    /** A push to the component's own repository. */
    PUSH,
    /** An uploaded working tree. */
    UPLOAD,
    /** A delivery of an outside Git host. */
    WEBHOOK,
    /** A request through the API. */
    MANUAL
}
