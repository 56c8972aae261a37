package dev.cytoplane.cli;

/** Where {@code cyto logs --service} finds what the platform's own services wrote. Found by {@link java.util.ServiceLoader}. */
public interface ServiceLogs {

    /**
     * Prints a service's log to standard output.
     *
     * @param tail how many of the last lines
     * @param follow go on until interrupted
     * @throws Failure when there is no such service; the message names those that there are
     */
    void print(Session session, String service, int tail, boolean follow);
}
