package dev.cytoplane.controlplane.build.place;

import dev.cytoplane.builder.Toolchain;
import dev.cytoplane.builder.run.Making;
import java.io.IOException;

/** A place that can execute builds. */
public interface BuildPlace {

    /** What is installed there. */
    Toolchain toolchain();

    /** Operating system and processor, as Java names them. */
    String platform();

    /**
     * Executes a build. When the thread is interrupted, so is the build, wherever it is.
     *
     * @throws dev.cytoplane.builder.BuildFailure when it cannot be built
     * @throws LostBuild when the place was lost
     */
    Making.Made make(Commission commission) throws InterruptedException, IOException;
}
