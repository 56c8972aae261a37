package dev.cytoplane.endtoend.kubernetes;

/** What brings to a cluster what a Git repository says, and follows the one of a {@link GitDelivery}. */
interface GitTool {

    /** It looks and changes nothing, until it is to go on. */
    void suspend(boolean suspended);

    /** Has it look now: returns when it has. */
    void reconcile();

    /** Waits until what it brought last is all well. */
    void awaitReady();

    /** What it says of itself, for whoever has to find out why nothing came. */
    String said();

    /** Ends it; what it brought goes with it. */
    void end();
}
