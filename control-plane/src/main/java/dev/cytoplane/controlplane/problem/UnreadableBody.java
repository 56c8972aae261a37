package dev.cytoplane.controlplane.problem;

import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;

final class UnreadableBody {

    private UnreadableBody() {}

    static Problem explain(HttpMessageNotReadableException unreadable) {
        JacksonException json = null;
        for (Throwable cause = unreadable.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                // The body's own stream refused to go on; what was read until then does not matter.
                return problem;
            }
            if (json == null && cause instanceof JacksonException failure) {
                json = failure;
            }
        }
        if (json != null) {
            return Problem.invalid(JsonProblems.fields(json));
        }
        return Problem.invalid("body", "is missing or cannot be read");
    }
}
