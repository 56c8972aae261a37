package dev.cytoplane.controlplane.idempotency;

import dev.cytoplane.controlplane.access.Caller;
import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Makes a POST with an Idempotency-Key happen once. The whole request runs in one transaction that also stores its
 * answer: there is no moment at which a crash leaves the one without the other. Of two requests with the same key at the
 * same time, the second waits at the key's row until the first has committed, and gets its answer. An answer that is no
 * success changed nothing and is not kept, so it may be tried again with the same key.
 *
 * <p>After draft-ietf-httpapi-idempotency-key-header-07.
 */
@Component
@Order(SecurityFilterProperties.DEFAULT_FILTER_ORDER + 10)
class IdempotencyFilter extends OncePerRequestFilter {

    static final String KEY = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";

    private static final Pattern VALID_KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private final Answers answers;
    private final TransactionTemplate transaction;
    private final ProblemWriter problems;

    IdempotencyFilter(Answers answers, PlatformTransactionManager transactions, ProblemWriter problems) {
        this.answers = answers;
        this.transaction = new TransactionTemplate(transactions);
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST")
                || !request.getRequestURI().startsWith("/api/v1/")
                || request.getRequestURI().endsWith(Unrecorded.PATH_END)
                || request.getHeader(KEY) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Caller> caller = caller();
        if (caller.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        String key = request.getHeader(KEY);
        if (!VALID_KEY.matcher(key).matches()) {
            problems.write(response, Problem.invalid(KEY, "must be 1 to 255 visible ASCII characters"));
            return;
        }
        try (var body = StoredBody.of(request)) {
            var use = new KeyUse(caller.get().subject(), key, body.hash());
            Recorded recorded = transaction.execute(status -> {
                Optional<Recorded> before = answers.claim(use);
                if (before.isPresent()) {
                    return before.get();
                }
                Recorded answer = run(chain, body.replay(request), response);
                if (answer.succeeded() && !status.isRollbackOnly()) {
                    answers.store(use, answer);
                } else {
                    status.setRollbackOnly();
                }
                return answer;
            });
            write(recorded, response);
        } catch (Problem problem) {
            problems.write(response, problem);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (TransactionException e) {
            problems.write(
                    response,
                    Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "database-unavailable", "Try again in a moment."));
        }
    }

    private static Optional<Caller> caller() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Caller caller
                ? Optional.of(caller)
                : Optional.empty();
    }

    private static Recorded run(FilterChain chain, HttpServletRequest request, HttpServletResponse response) {
        var recording = new RecordingResponse(response);
        try {
            chain.doFilter(request, recording);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServletException e) {
            throw new IllegalStateException(e);
        }
        return recording.recorded();
    }

    private static void write(@Nullable Recorded recorded, HttpServletResponse response) throws IOException {
        if (recorded == null) {
            throw new IllegalStateException("The request has no answer");
        }
        if (recorded.replayed()) {
            response.setHeader(REPLAYED, "true");
        }
        recorded.writeTo(response);
    }
}
