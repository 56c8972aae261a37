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

/** Makes {@code cyto} signed in as the administrator as soon as the platform is up: the context {@code local}. */
public final class LocalContext {

    public static final String NAME = "local";
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
            String token = Json.text(
                    signIn.asAdministrator()
                            .post(
                                    "/me/tokens",
                                    Json.object()
                                            .put("name", "cyto on this machine")
                                            .put("expiresInDays", DAYS)),
                    "token");
            contexts.save(NAME, new Credential.AccessToken(token));
        }
    }

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
