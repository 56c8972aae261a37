package dev.cytoplane.dataplane.kubernetes.testing;

/**
 * How the calls went that a {@link CallingService} repeats.
 *
 * @param said with the first of those that failed
 */
public record Calls(long made, long failed, String said) {

    public static Calls of(String said) {
        String[] words = said.split(" ", 4);
        return new Calls(Long.parseLong(words[0]), Long.parseLong(words[2]), said);
    }
}
