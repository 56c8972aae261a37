package dev.cytoplane.launcher.supervisor;

/** Where a service is on its way. */
public enum ServicePhase {
    /** The services that it needs are not ready yet. */
    WAITING,
    /** It is being prepared or started. */
    STARTING,
    READY,
    /** Its process runs, but it has not answered for a while. */
    UNHEALTHY,
    /** It ended, and will be started again. */
    BACKING_OFF,
    /** It could not be started. */
    FAILED,
    STOPPING,
    STOPPED
}
