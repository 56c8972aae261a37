package dev.cytoplane.cli.api;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.Variable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests. What is safe to repeat is repeated after a refused or broken connection and after 429, 502, 503 and
 * 504: up to four tries, waiting about 0.2, 0.6 and 1.8 seconds with jitter, or as long as the server's
 * {@code Retry-After} says (at most 30 seconds).
 */
public final class Http {

    public static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int TRIES = 4;
    private static final Set<Integer> TEMPORARY = Set.of(429, 502, 503, 504);

    private final Sleeper sleeper;
    private final RandomGenerator random;
    private final @Nullable String authorities;
    private @Nullable HttpClient plain;
    private @Nullable HttpClient secure;

    /** How to wait; a test does not. */
    @FunctionalInterface
    public interface Sleeper {
        void sleep(Duration time) throws InterruptedException;
    }

    public Http() {
        this(Map.of());
    }

    /** @param environment says by {@link Variable#SSL_CERT_FILE} who is trusted */
    public Http(Map<String, String> environment) {
        this(Thread::sleep, RandomGenerator.getDefault(), environment);
    }

    public Http(Sleeper sleeper, RandomGenerator random, Map<String, String> environment) {
        this.sleeper = sleeper;
        this.random = random;
        this.authorities = Variable.SSL_CERT_FILE.in(environment);
    }

    /**
     * @param repeatable a second sending does no harm
     * @throws Failure with {@link ExitCode#UNREACHABLE} when no answer comes
     */
    public <T> HttpResponse<T> send(Supplier<HttpRequest> request, BodyHandler<T> handler, boolean repeatable) {
        for (int attempt = 1; ; attempt++) {
            boolean last = attempt == TRIES || !repeatable;
            HttpRequest sent = request.get();
            try {
                HttpResponse<T> response = client(sent.uri()).send(sent, handler);
                if (last || !TEMPORARY.contains(response.statusCode())) {
                    return response;
                }
                pause(wait(response, attempt));
            } catch (IOException e) {
                if (last) {
                    throw unreachable(sent, e);
                }
                pause(jittered(attempt));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Failure(ExitCode.INTERRUPTED, "Interrupted.");
            }
        }
    }

    /** Waits, and ends the command when it is interrupted meanwhile. */
    public void pause(Duration time) {
        try {
            sleeper.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERRUPTED, "Interrupted.");
        }
    }

    private Duration wait(HttpResponse<?> response, int attempt) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,4}"))
                .map(value -> Duration.ofSeconds(Math.min(30, Long.parseLong(value))))
                .orElseGet(() -> jittered(attempt));
    }

    private Duration jittered(int attempt) {
        long base = 200L * (long) Math.pow(3, attempt - 1);
        return Duration.ofMillis(base / 2 + random.nextLong(base));
    }

    private static Failure unreachable(HttpRequest request, IOException cause) {
        String address = request.uri().getScheme() + "://" + request.uri().getAuthority();
        String reason = cause.getMessage() == null ? "the connection was refused" : cause.getMessage();
        return new Failure(
                ExitCode.UNREACHABLE,
                "The server at " + address + " cannot be reached: " + reason + ".",
                cause instanceof SSLException
                        ? "Is its certificate of an authority of your own? " + Variable.SSL_CERT_FILE
                                + " names a file with the authority's PEM certificate."
                        : "Is it running? On this machine: cyto status, then cyto up.",
                cause);
    }

    private synchronized HttpClient client(URI address) {
        if ("http".equalsIgnoreCase(address.getScheme())) {
            return plain = Objects.requireNonNullElseGet(plain, () -> Clients.plain(CONNECT));
        }
        return secure = Objects.requireNonNullElseGet(
                secure,
                () -> authorities == null
                        ? Clients.trusting(CONNECT)
                        : Clients.trusting(CONNECT, Path.of(authorities)));
    }
}
