package dev.cytoplane.controlplane.source;

import dev.cytoplane.controlplane.access.Caller;

/** What happens after a push was taken in. It runs while the pusher waits and reads, so it may take its time. */
public interface PushListener {

    /**
     * A branch got another commit.
     *
     * @param branch without {@code refs/heads/}
     */
    record Push(ComponentSource source, Caller caller, String branch, String commit) {}

    void pushed(Push push, PushTerminal terminal);
}
