package dev.cytoplane.controlplane.problem;

import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;

final class UnreadableBody {

    private UnreadableBody() {}

    static Problem explain(HttpMessageNotReadableException unreadable) {
        for (Throwable cause = unreadable.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return problem;
            }
            if (cause instanceof JacksonException failure) {
                return Problem.invalid(JsonProblems.fields(failure));
            }
        }
        return Problem.invalid("body", "is missing or cannot be read");
    }
}
