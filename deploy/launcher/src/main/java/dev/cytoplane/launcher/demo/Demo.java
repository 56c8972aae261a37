package dev.cytoplane.launcher.demo;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.Variable;
import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.context.Context;
import dev.cytoplane.cli.output.Output;
import dev.cytoplane.cli.output.Progress;
import dev.cytoplane.cli.output.Style;
import dev.cytoplane.launcher.command.PortFlags;
import dev.cytoplane.launcher.command.Start;
import dev.cytoplane.launcher.platform.Credentials;
import dev.cytoplane.launcher.platform.Installation;
import dev.cytoplane.launcher.platform.Platform;
import dev.cytoplane.launcher.registration.LauncherSignIn;
import dev.cytoplane.launcher.registration.LocalContext;
import dev.cytoplane.launcher.service.Toolchains;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** From nothing to a shop that answers. Run again, it only does what is missing. */
@Command(
        name = "demo",
        description = {
            "Start the platform and put a sample shop on it: real Git pushes, builds, cells, gateways.",
            "Run again, it picks up where it was."
        })
public final class Demo implements Callable<Integer> {

    private static final Duration HEALTHY = Duration.ofSeconds(60);

    private final Session session;

    @Mixin
    private PortFlags ports = new PortFlags();

    public Demo(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Output output = session.output();
        try (Start start = Start.of(session, ports)) {
            Platform platform = Platform.read(session.home()).orElseThrow();
            Credentials credentials = new Credentials(session.home(), new SecureRandom());
            LauncherSignIn signIn = new LauncherSignIn(platform, credentials, session.http());
            Shop shop = new Shop(
                    signIn.asLauncher(),
                    signIn::token,
                    output,
                    Installation.find().root().resolve("samples"));
            shop.createOrganization();
            rememberOrganization();
            List<Sample> here = new ArrayList<>();
            List<String> missing = new ArrayList<>();
            sort(here, missing);
            here.forEach(shop::createComponent);
            here.forEach(shop::release);
            List<JsonNode> endpoints = awaitHealthy(shop);
            new Tour(output, session.http(), platform, credentials).walk(endpoints);
            summary(platform, credentials, endpoints, missing);
            start.keep();
        }
        return 0;
    }

    private void sort(List<Sample> here, List<String> missing) {
        Toolchains toolchains = new Toolchains(session.environment());
        for (Sample sample : Sample.ALL) {
            if (sample.program().isEmpty() || toolchains.node().isPresent()) {
                here.add(sample);
            } else {
                missing.add(
                        sample + " is left out: it is built with Node.js (node and npm), which is not on the PATH.");
            }
        }
        missing.forEach(session.output()::note);
    }

    private void rememberOrganization() {
        session.contexts()
                .find(LocalContext.NAME)
                .filter(context -> context.organization() == null)
                .map(context -> context.at(Shop.ORGANIZATION, null))
                .ifPresent((Context context) -> session.contexts().save(context, false));
    }

    private List<JsonNode> awaitHealthy(Shop shop) {
        Instant deadline = Instant.now().plus(HEALTHY);
        try (Progress progress = session.output().progress("Waiting until the endpoints are healthy")) {
            while (true) {
                List<JsonNode> endpoints = shop.endpoints();
                boolean healthy = !endpoints.isEmpty()
                        && endpoints.stream()
                                .allMatch(endpoint ->
                                        Json.text(endpoint, "health").equals("HEALTHY"));
                if (healthy || Instant.now().isAfter(deadline)) {
                    progress.update("Waiting until the endpoints are healthy");
                    return endpoints;
                }
                session.http().pause(Duration.ofMillis(250));
            }
        }
    }

    private void summary(Platform platform, Credentials credentials, List<JsonNode> endpoints, List<String> missing) {
        Output output = session.output();
        output.result("");
        output.result(output.style(Style.BOLD, "The shop is open."));
        row("Shop", Tour.url(endpoints, "web").orElse("left out"));
        row("API", Tour.url(endpoints, "api").orElse("left out"));
        row("Orders", Tour.url(endpoints, "orders").orElse("left out") + "  (behind sign-in)");
        row("Console", platform.apiUrl() + "  as admin, password " + credentials.get(Credentials.Name.ADMIN_PASSWORD));
        row("Platform", platform.apiUrl() + Api.path("api", "v1"));
        row("Sign in", platform.issuer() + "/account  to change the password");
        output.result("");
        output.result("Try next:");
        howToCallCyto().forEach(line -> output.result("  " + line));
        output.result("  cyto status                                   what runs, and where");
        output.result("  cyto promote orders/orders --to staging       the same release, one stage on");
        output.result("  cyto deploy samples/storefront/web -c storefront/web     after a change of your own");
        output.result("  curl -H \"Authorization: Bearer $(cyto token --audience apps --scope orders:read)\" "
                + Tour.url(endpoints, "orders").orElse("URL"));
        output.result("  cyto down                                     stop everything; cyto demo brings it back");
        missing.forEach(output::result);
    }

    /** So that the lines after it can be copied as they are. */
    private List<String> howToCallCyto() {
        List<String> lines = new ArrayList<>();
        if (new Toolchains(session.environment()).program("cyto").isEmpty()) {
            lines.add("alias cyto=" + Installation.find().root().resolve("cyto").normalize());
        }
        if (!session.home().isStandard()) {
            lines.add("export " + Variable.CYTOPLANE_HOME + "=" + session.home().root());
        }
        return lines;
    }

    private void row(String name, String value) {
        session.output().result("  %-10s %s".formatted(name, value));
    }
}
