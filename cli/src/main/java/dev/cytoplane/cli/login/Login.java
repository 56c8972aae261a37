package dev.cytoplane.cli.login;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.api.TokenSource;
import dev.cytoplane.cli.context.Context;
import dev.cytoplane.cli.context.Contexts;
import dev.cytoplane.cli.context.Credential;
import dev.cytoplane.cli.output.Output;
import dev.cytoplane.cli.output.Progress;
import dev.cytoplane.cli.output.Style;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "login",
        description = {
            "Sign in to a server.",
            "Opens a page in the browser, or shows its address and a code to enter there with any device.",
            "Automation signs in as a service account, with --client-id and the secret on standard input."
        })
public final class Login implements Callable<Integer> {

    private final Session session;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "Address of the REST API. Default: that of the context.")
    private @Nullable URI server;

    @Option(names = "--client-id", paramLabel = "ID", description = "Sign in as this client (service account).")
    private @Nullable String clientId;

    @Option(names = "--client-secret-stdin", description = "Read the client's secret from standard input.")
    private boolean clientSecretStdin;

    @Option(names = "--token-stdin", description = "Read an access token (cyto_…) from standard input.")
    private boolean tokenStdin;

    @Option(names = "--no-browser", description = "Only show the address and the code.")
    private boolean noBrowser;

    Login(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Contexts contexts = session.contexts();
        String name = session.contextName();
        Context known = contexts.find(name).orElse(null);
        URI address = server != null ? server : known != null ? known.server() : null;
        if (address == null || address.getHost() == null) {
            throw new Failure(
                    ExitCode.USAGE,
                    "It is not said which server to sign in to.",
                    "cyto login --server URL; a platform on this machine: cyto up");
        }
        Credential credential = signIn(address);
        JsonNode me = me(address, credential);
        String organization = known != null && known.server().equals(address) ? known.organization() : null;
        String project = known != null && known.server().equals(address) ? known.project() : null;
        if (organization == null) {
            List<JsonNode> organizations = Json.list(me, "organizations");
            organization = organizations.size() == 1 ? Json.text(organizations.getFirst(), "name") : null;
        }
        contexts.save(new Context(name, address, organization, project), true);
        contexts.save(name, credential);
        if (session.json()) {
            session.output().result(Json.pretty(me));
        } else {
            session.output().result("Signed in to " + address + " as " + Json.text(me, "username") + ".");
        }
        return 0;
    }

    private Credential signIn(URI address) {
        if (tokenStdin) {
            return new Credential.AccessToken(SecretInput.fromStdin(session, "Access token"));
        }
        IdentityProvider provider = IdentityProvider.discover(address, session.http());
        if (clientId != null) {
            return asClient(provider, clientId);
        }
        JsonNode answer = new DeviceFlow(session.http(), provider, new SecureRandom())
                .run(provider.clientId(), "openid", this::show);
        return new Credential.Session(
                provider.tokenEndpoint(),
                provider.endSessionEndpoint(),
                provider.clientId(),
                Json.text(answer, "access_token"),
                Json.textOrNull(answer, "refresh_token"),
                Tokens.expiry(answer, session.clock()));
    }

    private Credential asClient(IdentityProvider provider, String id) {
        String fromEnvironment = session.environment().get("CYTOPLANE_CLIENT_SECRET");
        if (!clientSecretStdin && fromEnvironment == null) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--client-id needs the client's secret.",
                    "Give it with --client-secret-stdin, or in CYTOPLANE_CLIENT_SECRET.");
        }
        String secret = clientSecretStdin || fromEnvironment == null
                ? SecretInput.fromStdin(session, "Client secret")
                : fromEnvironment;
        JsonNode answer = Tokens.clientCredentials(session.http(), provider.tokenEndpoint(), id, secret, null);
        return new Credential.Client(
                provider.tokenEndpoint(),
                id,
                secret,
                Json.text(answer, "access_token"),
                Tokens.expiry(answer, session.clock()));
    }

    private Runnable show(DeviceFlow.Prompt prompt) {
        return prompt(session, prompt, !noBrowser);
    }

    static Runnable prompt(Session session, DeviceFlow.Prompt prompt, boolean browser) {
        Output output = session.output();
        URI complete = prompt.completeAddress() == null ? prompt.address() : prompt.completeAddress();
        output.error("Open         " + output.errStyle(Style.LINK, complete.toString()));
        output.error("and check    " + output.errStyle(Style.BOLD, prompt.code()) + "  (the code that it shows)");
        output.error(
                "Elsewhere    " + output.errStyle(Style.LINK, prompt.address().toString()) + "  asks for that code");
        if (browser && Browser.open(session, complete)) {
            output.error("A browser was opened with it.");
        }
        Progress waiting =
                output.progress("Waiting for you to sign in (" + prompt.life().toMinutes() + " min)");
        return waiting::close;
    }

    private JsonNode me(URI address, Credential credential) {
        String token = switch (credential) {
            case Credential.AccessToken personal -> personal.token();
            case Credential.Session person -> person.accessToken();
            case Credential.Client client -> client.accessToken() == null ? "" : client.accessToken();
        };
        return new Api(address, TokenSource.of(token), session.http()).get("/me");
    }
}
