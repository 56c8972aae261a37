package dev.cytoplane.controlplane.build.place;

import java.util.function.Consumer;

/** Finds a place for a build. */
public interface BuildPlaces {

    /**
     * Waits until there is one.
     *
     * @param log of the build, which is told what is waited for
     * @throws dev.cytoplane.builder.BuildFailure when there is none for too long
     */
    BuildPlace find(Consumer<String> log) throws InterruptedException;
}
