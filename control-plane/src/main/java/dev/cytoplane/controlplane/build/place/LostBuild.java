package dev.cytoplane.controlplane.build.place;

/** What executed a build is gone, and nothing in the build is to blame. The message is a sentence. */
public final class LostBuild extends RuntimeException {

    private static final long serialVersionUID = 1;

    public LostBuild(String message) {
        super(message);
    }
}
