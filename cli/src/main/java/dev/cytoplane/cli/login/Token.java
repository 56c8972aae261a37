package dev.cytoplane.cli.login;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Json;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "token",
        description = {
            "Print an access token, for curl and scripts.",
            "--audience apps gives one for endpoints behind sign-in: you sign in with the browser,",
            "or a client does with --client-id and its secret on standard input (or in CYTOPLANE_CLIENT_SECRET)."
        })
public final class Token implements Callable<Integer> {

    enum Audience {
        api,
        apps
    }

    private static final String APPS_CLIENT = "cytoplane-apps";

    private final Session session;

    @Option(
            names = "--audience",
            paramLabel = "WHAT",
            defaultValue = "api",
            description = "api: the platform itself (default). apps: endpoints of cells.")
    private Audience audience = Audience.api;

    @Option(names = "--scope", paramLabel = "SCOPE", description = "A scope to ask for, with apps. May be repeated.")
    private List<String> scopes = List.of();

    @Option(names = "--client-id", paramLabel = "ID", description = "Sign in as this client, with apps.")
    private @Nullable String clientId;

    Token(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String token =
                audience == Audience.api ? session.tokens(session.context()).accessToken() : forApps();
        session.output().result(session.json() ? Json.pretty(Json.object().put("token", token)) : token);
        return 0;
    }

    private String forApps() {
        IdentityProvider provider = IdentityProvider.discover(session.context().server(), session.http());
        String scope = String.join(" ", scopes);
        JsonNode answer;
        if (clientId != null) {
            String fromEnvironment = session.environment().get("CYTOPLANE_CLIENT_SECRET");
            String secret = fromEnvironment != null ? fromEnvironment : SecretInput.fromStdin(session, "Client secret");
            answer = Tokens.clientCredentials(
                    session.http(), provider.tokenEndpoint(), clientId, secret, scope.isEmpty() ? null : scope);
        } else {
            answer = new DeviceFlow(session.http(), provider, new SecureRandom())
                    .run(APPS_CLIENT, ("openid " + scope).strip(), prompt -> Login.prompt(session, prompt, true));
        }
        return Json.text(answer, "access_token");
    }
}
