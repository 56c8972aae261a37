package dev.cytoplane.launcher.registration;

import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.Http;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.api.Problem;
import dev.cytoplane.cli.api.TokenSource;
import dev.cytoplane.cli.context.Context;
import dev.cytoplane.cli.context.Contexts;
import dev.cytoplane.cli.context.Credential;
import dev.cytoplane.launcher.platform.Platform;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Makes {@code cyto} signed in as the administrator as soon as the platform is up: the context {@code local}. */
public final class LocalContext {

    public static final String NAME = "local";
    private static final String TOKEN = "cyto on this machine";
    private static final int DAYS = 365;

    private final Platform platform;
    private final Contexts contexts;
    private final LauncherSignIn signIn;
    private final Http http;

    public LocalContext(Platform platform, Contexts contexts, LauncherSignIn signIn, Http http) {
        this.platform = platform;
        this.contexts = contexts;
        this.signIn = signIn;
        this.http = http;
    }

    /** Safe to repeat: a token that still works is kept. */
    public void ensure() {
        Optional<Context> known = contexts.find(NAME);
        Context context = new Context(
                NAME,
                platform.apiUrl(),
                known.map(Context::organization).orElse(null),
                known.map(Context::project).orElse(null));
        if (known.isEmpty() || !known.get().equals(context)) {
            contexts.save(context, contexts.current().isEmpty());
        }
        if (!works()) {
            contexts.save(NAME, new Credential.AccessToken(newToken()));
        }
    }

    /** One for this machine: what a token of that name was given out for before is not there any more. */
    private String newToken() {
        Api api = signIn.asAdministrator();
        for (JsonNode token : Json.list(api.get("/me/tokens?limit=200"), "items")) {
            if (Json.text(token, "name").equals(TOKEN)) {
                api.delete("/me/tokens/" + Json.text(token, "id"));
            }
        }
        return Json.text(
                api.post(
                        "/me/tokens",
                        Json.object()
                                .put("name", TOKEN)
                                .put("expiresInDays", DAYS)
                                .put("platformAdmin", true)),
                "token");
    }

    /** Whoever else signed in here stays so, with the rights that were chosen. */
    private boolean works() {
        Optional<Credential> credential = contexts.credential(NAME);
        if (credential.isEmpty() || !(credential.get() instanceof Credential.AccessToken token)) {
            return credential.isPresent();
        }
        try {
            new Api(platform.apiUrl(), TokenSource.of(token.token()), http).get("/me");
            return true;
        } catch (Problem problem) {
            return problem.status() != 401;
        }
    }
}
