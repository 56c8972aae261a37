package dev.cytoplane.controlplane.problem;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Every failure of a request becomes a problem detail; only what nobody expected is a 500, and that is logged. */
@RestControllerAdvice
class ProblemHandler extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    @ExceptionHandler
    ResponseEntity<Object> problem(Problem problem) {
        return answer(problem, HttpHeaders.EMPTY);
    }

    @ExceptionHandler
    ResponseEntity<Object> database(DataAccessException failure) {
        return DatabaseProblems.of(failure)
                .map(it -> answer(it, HttpHeaders.EMPTY))
                .orElseGet(() -> failure instanceof DataAccessResourceFailureException
                        ? unavailable(failure)
                        : unexpected(failure));
    }

    @ExceptionHandler
    ResponseEntity<Object> unavailable(CannotCreateTransactionException failure) {
        return unavailable((Exception) failure);
    }

    /** A query that Tomcat cannot take apart. */
    @ExceptionHandler
    ResponseEntity<Object> query(InvalidParameterException broken) {
        return answer(Problem.invalid("query", "is not well formed"), HttpHeaders.EMPTY);
    }

    /** A parameter's name or a header with characters that have no business there; seen only when somebody reads it. */
    @ExceptionHandler
    ResponseEntity<Object> refused(RequestRejectedException characters) {
        return answer(
                Problem.invalid("request", "has a header or a parameter with characters that are not allowed"),
                HttpHeaders.EMPTY);
    }

    @ExceptionHandler
    ResponseEntity<Object> unexpected(Exception failure) {
        return full(failure).orElseGet(() -> {
            LOG.error("A request failed unexpectedly", failure);
            return answer(
                    Problem.of(
                            HttpStatus.INTERNAL_SERVER_ERROR, "internal", "Something is broken here. It was logged."),
                    HttpHeaders.EMPTY);
        });
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(
                Problem.invalid(invalid.getBindingResult().getFieldErrors().stream()
                        .map(it -> new Problem.FieldError(it.getField(), String.valueOf(it.getDefaultMessage())))
                        .sorted(Comparator.comparing(Problem.FieldError::field))
                        .toList()),
                headers);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(
                Problem.invalid(invalid.getParameterValidationResults().stream()
                        .flatMap(result -> result instanceof ParameterErrors nested
                                ? nested.getFieldErrors().stream()
                                        .map(it -> new Problem.FieldError(
                                                it.getField(), String.valueOf(it.getDefaultMessage())))
                                : result.getResolvableErrors().stream()
                                        .map(it -> new Problem.FieldError(
                                                String.valueOf(result.getMethodParameter()
                                                        .getParameterName()),
                                                String.valueOf(it.getDefaultMessage()))))
                        .toList()),
                headers);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(UnreadableBody.explain(unreadable), headers);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException missing,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(Problem.invalid(missing.getParameterName(), "is required"), headers);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            org.springframework.beans.TypeMismatchException mismatch,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String field = mismatch instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : String.valueOf(mismatch.getPropertyName());
        return answer(Problem.invalid(field, "is not a valid " + typeName(mismatch.getRequiredType())), headers);
    }

    /** What Spring knows of itself: no such path, wrong method, wrong media type, missing parameter. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        HttpStatus known = HttpStatus.valueOf(status.value());
        if (known.is5xxServerError()) {
            LOG.error("A request failed", failure);
        }
        String detail =
                failure instanceof ErrorResponse response && response.getBody().getDetail() != null
                        ? response.getBody().getDetail()
                        : known.getReasonPhrase();
        return answer(Problem.of(known, StatusProblems.slug(known), detail), headers);
    }

    private static Optional<ResponseEntity<Object>> full(Exception failure) {
        return FullStorage.of(failure).map(problem -> {
            LOG.error("There is no room to store anything", failure);
            return answer(problem, HttpHeaders.EMPTY);
        });
    }

    private static ResponseEntity<Object> unavailable(Exception failure) {
        return full(failure).orElseGet(() -> {
            LOG.warn("The database cannot be reached", failure);
            var headers = new HttpHeaders();
            headers.set(HttpHeaders.RETRY_AFTER, "2");
            return answer(
                    Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "database-unavailable", "Try again in a moment."),
                    headers);
        });
    }

    private static ResponseEntity<Object> answer(Problem problem, HttpHeaders headers) {
        ProblemDetail body = ProblemWriter.body(problem);
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(body);
    }

    private static String typeName(@Nullable Class<?> type) {
        if (type == null) {
            return "value";
        }
        if (type.isEnum()) {
            return "value; known are " + List.of(type.getEnumConstants());
        }
        return Number.class.isAssignableFrom(type) || type.isPrimitive() ? "number" : type.getSimpleName();
    }
}
