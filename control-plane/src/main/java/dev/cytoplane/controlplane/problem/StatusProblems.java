package dev.cytoplane.controlplane.problem;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/** Problem types for failures that only a status tells of. */
final class StatusProblems {

    private StatusProblems() {}

    static String slug(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST -> "invalid-request";
            case CONTENT_TOO_LARGE -> "too-large";
            case INTERNAL_SERVER_ERROR -> "internal";
            default -> status.name().toLowerCase(Locale.ROOT).replace('_', '-');
        };
    }
}
