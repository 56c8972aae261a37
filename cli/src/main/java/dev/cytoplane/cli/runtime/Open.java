package dev.cytoplane.cli.runtime;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.login.Browser;
import dev.cytoplane.cli.place.ComponentAddress;
import dev.cytoplane.cli.place.EnvironmentOption;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "open", description = "Open a component's public address in the browser, and print it.")
public final class Open implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "COMPONENT", description = "COMPONENT or PROJECT/COMPONENT.")
    private String component = "";

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    @Option(names = "--print", description = "Only print it.")
    private boolean print;

    Open(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ComponentAddress address = session.place().component(component);
        String where = environment.of(address, session.place());
        JsonNode endpoints = session.api()
                .list(
                        Api.path("organizations", address.organization(), "endpoints") + "?environment="
                                + Api.encode(where) + "&project=" + Api.encode(address.project()),
                        1000);
        List<JsonNode> open = Json.list(endpoints, "items").stream()
                .filter(endpoint -> Json.text(endpoint, "component").equals(address.component()))
                .filter(endpoint -> Json.text(endpoint, "visibility").equalsIgnoreCase("public"))
                .filter(endpoint -> !Json.text(endpoint, "url").isEmpty())
                .toList();
        if (open.isEmpty()) {
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    address + " has no public address in " + where + ".",
                    "Is it deployed there, and does its cytoplane.yaml offer a public endpoint? cyto list endpoints");
        }
        String url = Json.text(open.getFirst(), "url");
        session.output().result(session.json() ? Json.pretty(open.getFirst()) : url);
        if (!print && !session.json()) {
            Browser.open(session, URI.create(url));
        }
        return 0;
    }
}
