package dev.cytoplane.launcher.service;

import dev.cytoplane.launcher.platform.PortName;
import dev.cytoplane.process.ProcessSpec;
import dev.cytoplane.process.RunningProcess;
import java.time.Duration;
import java.util.List;

/** Something the supervisor runs. Every step may be taken again after a crash at any point. */
public interface Service {

    /** The name in {@code status} and {@code logs --service}; also the process's id. */
    String name();

    /** Names of the services that must be ready before this one is prepared. */
    List<String> needs();

    /** What has to be there before the process starts. */
    void prepare() throws Exception;

    /** How the process is started. Asked after {@link #prepare}. */
    ProcessSpec specification();

    /** Answers now; false while it starts. */
    boolean answers();

    /** What has to be done once it answers, before others may rely on it. */
    void settle() throws Exception;

    /** Time from the start of the process until {@link #answers} before the start counts as failed. */
    Duration patience();

    /** Ends the process, politely first. Returns when it has ended. */
    void stop(RunningProcess process);

    /** Ends what the process started and could not end itself, because it crashed, say. */
    default void sweep() {}

    /** Where it listens; the first is what {@code status} shows. */
    List<PortName> ports();
}
