package dev.cytoplane.cli;

/** What a script learns from how {@code cyto} ended. Stable: a number never changes its meaning. */
public enum ExitCode {
    OK(0, "It worked."),
    FAILED(1, "It failed."),
    USAGE(2, "The command line was wrong."),
    NOT_SIGNED_IN(3, "You are not signed in, or your session has ended."),
    FORBIDDEN(4, "You are signed in, but may not do this."),
    NOT_FOUND(5, "It does not exist, or you may not see it."),
    CONFLICT(6, "It clashes with what is there: it exists already, was changed meanwhile, or is not allowed now."),
    UNSUCCESSFUL(7, "What the command waited for, a build or a deployment, did not succeed."),
    UNREACHABLE(8, "The server cannot be reached."),
    INTERRUPTED(130, "It was interrupted by Ctrl-C.");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    public String meaning() {
        return meaning;
    }
}
