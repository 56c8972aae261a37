package dev.cytoplane.launcher.command;

/**
 * What {@code doctor} found.
 *
 * @param advice what to do; empty when nothing is to be done
 */
record Finding(String name, Verdict verdict, String found, String advice) {

    enum Verdict {
        GOOD,
        /** Something will be missing. */
        WARNING,
        /** The platform will not start. */
        BAD
    }
}
