package dev.cytoplane.controlplane.problem;

import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;

/** A failure that the caller can understand; answered as application/problem+json (RFC 9457). */
public final class Problem extends RuntimeException {

    private static final URI TYPES = URI.create("https://cytoplane.dev/problems/");

    private final HttpStatus status;
    private final String slug;
    private final transient List<FieldError> errors;

    /**
     * What is wrong with one field of the request.
     *
     * @param field its path in the body, or the name of the query parameter or header
     */
    public record FieldError(String field, String message) {}

    private Problem(HttpStatus status, String slug, String detail, List<FieldError> errors) {
        super(detail);
        this.status = status;
        this.slug = slug;
        this.errors = List.copyOf(errors);
    }

    /** 404. Also for what the caller may not know of. */
    public static Problem notFound(String what, String name) {
        return of(HttpStatus.NOT_FOUND, "not-found", "There is no %s %s, or you may not see it.".formatted(what, name));
    }

    /** 400, naming the field. */
    public static Problem invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    /** 400, naming the fields. */
    public static Problem invalid(List<FieldError> errors) {
        String detail = errors.size() == 1
                ? errors.getFirst().field() + ": " + errors.getFirst().message()
                : errors.size() + " fields are not valid.";
        return new Problem(HttpStatus.BAD_REQUEST, "invalid-request", detail, errors);
    }

    /** 409: the request is well formed, and the state of things does not allow it. */
    public static Problem conflict(String slug, String detail) {
        return of(HttpStatus.CONFLICT, slug, detail);
    }

    /** 403: the caller may know of the thing, and lacks the role for this. */
    public static Problem forbidden(String detail) {
        return of(HttpStatus.FORBIDDEN, "forbidden", detail);
    }

    public static Problem of(HttpStatus status, String slug, String detail) {
        return new Problem(status, slug, detail, List.of());
    }

    public HttpStatus status() {
        return status;
    }

    public URI type() {
        return TYPES.resolve(slug);
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<FieldError> errors() {
        return errors;
    }

    /** An expected answer, not a fault: no one reads its stack. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
