package dev.cytoplane.cli;

import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.Http;
import dev.cytoplane.cli.api.TokenSource;
import dev.cytoplane.cli.context.Context;
import dev.cytoplane.cli.context.Contexts;
import dev.cytoplane.cli.context.Credential;
import dev.cytoplane.cli.home.Home;
import dev.cytoplane.cli.login.IdentityProvider;
import dev.cytoplane.cli.login.Tokens;
import dev.cytoplane.cli.output.Output;
import dev.cytoplane.cli.output.Terminal;
import dev.cytoplane.cli.place.Place;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of {@code cyto}: its streams and environment, and, once the command line is read, what its options mean. */
public final class Session {

    private final GlobalOptions options = new GlobalOptions();
    private final Map<String, String> environment;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final Terminal terminal;
    private final Http http;
    private final Clock clock;
    private @Nullable Output output;
    private @Nullable Api api;

    public Session(
            Map<String, String> environment,
            InputStream in,
            PrintStream out,
            PrintStream err,
            Terminal terminal,
            Http http,
            Clock clock) {
        this.environment = environment;
        this.in = in;
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.http = http;
        this.clock = clock;
    }

    /** The process's own streams and environment. */
    public static Session ofProcess() {
        Map<String, String> environment = System.getenv();
        return new Session(
                environment,
                System.in,
                System.out,
                System.err,
                Terminal.detect(environment),
                new Http(environment),
                Clock.systemUTC());
    }

    GlobalOptions options() {
        return options;
    }

    public Map<String, String> environment() {
        return environment;
    }

    public InputStream in() {
        return in;
    }

    public Clock clock() {
        return clock;
    }

    public Http http() {
        return http;
    }

    public Terminal terminal() {
        return terminal;
    }

    public Home home() {
        return Home.of(options.home, environment);
    }

    public Contexts contexts() {
        return new Contexts(home());
    }

    /** {@code -o json} was asked for. */
    public boolean json() {
        return options.output == GlobalOptions.Format.json;
    }

    public synchronized Output output() {
        if (output == null) {
            boolean color = !options.noColor && environmentWantsColor();
            output = new Output(out, err, terminal, color, options.quiet);
        }
        return output;
    }

    /** See no-color.org. */
    boolean environmentWantsColor() {
        return Variable.NO_COLOR.in(environment) == null && !"dumb".equals(environment.get("TERM"));
    }

    PrintWriter outWriter() {
        return new PrintWriter(out, true, out.charset());
    }

    PrintWriter errWriter() {
        return new PrintWriter(err, true, err.charset());
    }

    /** The name of the context that counts: {@code --context}, else {@code CYTOPLANE_CONTEXT}, else the current one. */
    public String contextName() {
        if (options.context != null) {
            return options.context;
        }
        String variable = Variable.CYTOPLANE_CONTEXT.in(environment);
        return variable != null ? variable : contexts().current().orElse("default");
    }

    /** @throws Failure when it is not known which server is meant */
    public Context context() {
        String name = contextName();
        String server = Variable.CYTOPLANE_SERVER.in(environment);
        if (server != null) {
            Context known = contexts().find(name).orElse(null);
            return new Context(
                    name,
                    URI.create(server),
                    known == null ? null : known.organization(),
                    known == null ? null : known.project());
        }
        return contexts()
                .find(name)
                .orElseThrow(() -> options.context != null
                        ? new Failure(
                                ExitCode.USAGE,
                                "There is no context named " + name + ".",
                                "cyto list contexts shows those that there are; cyto login --context " + name
                                        + " --server URL makes it.")
                        : new Failure(
                                ExitCode.NOT_SIGNED_IN,
                                "You are not signed in to a server.",
                                "cyto login --server URL, or start one on this machine: cyto up"));
    }

    /** What the words of the command line name. */
    public Place place() {
        return new Place(context(), options.organization, this::api);
    }

    /** Standard input is a person. */
    public boolean interactive() {
        return "1".equals(environment.get("CYTO_TTY_IN"));
    }

    public synchronized Api api() {
        if (api == null) {
            Context context = context();
            api = new Api(context.server(), tokens(context), http);
        }
        return api;
    }

    public TokenSource tokens(Context context) {
        String token = Variable.CYTOPLANE_TOKEN.in(environment);
        if (token != null) {
            return TokenSource.of(token);
        }
        String clientId = Variable.CYTOPLANE_CLIENT_ID.in(environment);
        String clientSecret = Variable.CYTOPLANE_CLIENT_SECRET.in(environment);
        if (clientId != null && clientSecret != null) {
            return new ClientTokens(
                    context.server(),
                    new Credential.Client(URI.create("urn:unknown"), clientId, clientSecret, null, clock.instant()));
        }
        return new Tokens(contexts(), context.name(), http, clock);
    }

    /** The kept sign-in of a context, whatever the environment says. */
    public TokenSource tokensOf(Context context) {
        return new Tokens(contexts(), context.name(), http, clock);
    }

    /** A client named by the environment: its token lives as long as this run. */
    private final class ClientTokens implements TokenSource {
        private final URI server;
        private final Credential.Client client;
        private @Nullable String token;

        ClientTokens(URI server, Credential.Client client) {
            this.server = server;
            this.client = client;
        }

        @Override
        public synchronized String accessToken() {
            if (token == null) {
                URI endpoint = IdentityProvider.discover(server, http).tokenEndpoint();
                token = dev.cytoplane.cli.api.Json.text(
                        Tokens.clientCredentials(http, endpoint, client.clientId(), client.clientSecret(), null),
                        "access_token");
            }
            return token;
        }

        @Override
        public synchronized boolean renew() {
            token = null;
            return true;
        }
    }
}
