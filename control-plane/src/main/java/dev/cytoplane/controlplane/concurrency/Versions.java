package dev.cytoplane.controlplane.concurrency;

import dev.cytoplane.controlplane.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Row versions as strong ETags (RFC 9110). */
public final class Versions {

    private Versions() {}

    public static String etag(long version) {
        return "\"" + version + "\"";
    }

    /** For PUT and PATCH: 428 without the header, 412 when the version is another one. */
    public static void requireMatch(@Nullable String ifMatch, long version) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw Problem.of(
                    HttpStatus.PRECONDITION_REQUIRED,
                    "precondition-required",
                    "Send the ETag that you last read as If-Match, so that nobody's change is lost.");
        }
        matchIfGiven(ifMatch, version);
    }

    /** For DELETE, where the header may be left out. */
    public static void matchIfGiven(@Nullable String ifMatch, long version) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return;
        }
        String wanted = etag(version);
        for (String candidate : ifMatch.split(",", -1)) {
            if (candidate.strip().equals(wanted)) {
                return;
            }
        }
        throw stale(version);
    }

    /** For a conditional update that changed no row: another one was faster. */
    public static Problem stale(long version) {
        return Problem.of(
                HttpStatus.PRECONDITION_FAILED,
                "stale-version",
                "It was changed by someone else and is at version " + version + " now: read it again, then retry.");
    }
}
