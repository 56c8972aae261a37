package dev.cytoplane.cli.login;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.api.Http;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.api.TokenSource;
import dev.cytoplane.cli.context.Contexts;
import dev.cytoplane.cli.context.Credential;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The access token of a context, renewed before it runs out and kept for the next command. */
public final class Tokens implements TokenSource {

    private static final Duration MARGIN = Duration.ofSeconds(20);

    private final Contexts contexts;
    private final String context;
    private final Http http;
    private final Clock clock;
    private @Nullable Credential credential;

    public Tokens(Contexts contexts, String context, Http http, Clock clock) {
        this.contexts = contexts;
        this.context = context;
        this.http = http;
        this.clock = clock;
    }

    @Override
    public synchronized String accessToken() {
        Credential known = credential();
        return switch (known) {
            case Credential.AccessToken token -> token.token();
            case Credential.Session session when fresh(session.expiresAt()) -> session.accessToken();
            case Credential.Client client
            when client.accessToken() != null && fresh(client.expiresAt()) -> client.accessToken();
            case Credential.Session session -> refresh(session);
            case Credential.Client client -> signIn(client);
        };
    }

    @Override
    public synchronized boolean renew() {
        switch (credential()) {
            case Credential.AccessToken token -> {
                return false;
            }
            case Credential.Session session -> refresh(session);
            case Credential.Client client -> signIn(client);
        }
        return true;
    }

    private Credential credential() {
        if (credential == null) {
            credential = contexts.credential(context)
                    .orElseThrow(() -> new Failure(
                            ExitCode.NOT_SIGNED_IN, "You are not signed in (context " + context + ").", "cyto login"));
        }
        return credential;
    }

    private boolean fresh(Instant expiresAt) {
        return clock.instant().plus(MARGIN).isBefore(expiresAt);
    }

    private String refresh(Credential.Session session) {
        if (session.refreshToken() == null) {
            throw ended();
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", session.refreshToken());
        form.put("client_id", session.clientId());
        IdentityProvider.Answer answer = IdentityProvider.post(http, session.tokenEndpoint(), form);
        if (!answer.ok()) {
            throw ended();
        }
        String newRefresh = Json.textOrNull(answer.body(), "refresh_token");
        Credential.Session renewed = new Credential.Session(
                session.tokenEndpoint(),
                session.endSessionEndpoint(),
                session.clientId(),
                Json.text(answer.body(), "access_token"),
                newRefresh != null ? newRefresh : session.refreshToken(),
                expiry(answer.body(), clock));
        keep(renewed);
        return renewed.accessToken();
    }

    private String signIn(Credential.Client client) {
        JsonNode answer =
                clientCredentials(http, client.tokenEndpoint(), client.clientId(), client.clientSecret(), null);
        String token = Json.text(answer, "access_token");
        keep(new Credential.Client(
                client.tokenEndpoint(), client.clientId(), client.clientSecret(), token, expiry(answer, clock)));
        return token;
    }

    private void keep(Credential renewed) {
        credential = renewed;
        contexts.save(context, renewed);
    }

    private Failure ended() {
        return new Failure(ExitCode.NOT_SIGNED_IN, "Your session has ended.", "cyto login");
    }

    static Instant expiry(JsonNode tokenAnswer, Clock clock) {
        return clock.instant().plusSeconds(tokenAnswer.path("expires_in").asLong(60));
    }

    /** OAuth 2.0 client credentials grant. */
    public static JsonNode clientCredentials(
            Http http, URI tokenEndpoint, String clientId, String clientSecret, @Nullable String scope) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", clientId);
        form.put("client_secret", clientSecret);
        if (scope != null) {
            form.put("scope", scope);
        }
        IdentityProvider.Answer answer = IdentityProvider.post(http, tokenEndpoint, form);
        if (!answer.ok()) {
            throw new Failure(
                    ExitCode.NOT_SIGNED_IN,
                    "The client " + clientId + " was refused: " + answer.description() + ".",
                    "Check the client's name, its secret, and the scope.");
        }
        return answer.body();
    }
}
