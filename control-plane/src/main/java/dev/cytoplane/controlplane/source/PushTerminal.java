package dev.cytoplane.controlplane.source;

/** Where the pusher reads along. */
public interface PushTerminal {

    /** Writes a line there, at once. Does nothing when nobody is there any more. */
    void say(String line);

    /** False once the pusher has gone (Ctrl-C, a lost connection). */
    boolean isOpen();
}
