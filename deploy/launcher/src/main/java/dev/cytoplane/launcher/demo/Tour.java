package dev.cytoplane.launcher.demo;

import dev.cytoplane.cli.api.Http;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.login.Tokens;
import dev.cytoplane.cli.output.Output;
import dev.cytoplane.cli.output.Style;
import dev.cytoplane.launcher.platform.Credentials;
import dev.cytoplane.launcher.platform.Platform;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Calls the shop through its gateways, and says what each call shows. */
final class Tour {

    static final String CUSTOMER = "demo-customer";
    private static final String ORDER = """
            {"customer": "Ada", "lines": [{"product": "mug", "quantity": 2}]}""";

    private final Output output;
    private final Visitor visitor;
    private final Http http;
    private final Platform platform;
    private final Credentials credentials;

    Tour(Output output, Http http, Platform platform, Credentials credentials) {
        this.output = output;
        this.visitor = new Visitor(http);
        this.http = http;
        this.platform = platform;
        this.credentials = credentials;
    }

    void walk(List<JsonNode> endpoints) {
        output.note("");
        url(endpoints, "web").ifPresent(url -> {
            Visitor.require("The page", visitor.get(url, null), 200);
            tell("GET  " + url, "200", "the page, from the static web application");
        });
        url(endpoints, "api").ifPresent(url -> {
            Visitor.require("An order", visitor.post(url + "/orders", ORDER), 201);
            tell("POST " + url + "/orders", "201", "an order, through two gateways: storefront's, then that of orders");
        });
        url(endpoints, "orders").ifPresent(url -> {
            Visitor.require("A call without a token", visitor.get(url, null), 401);
            tell("GET  " + url, "401", "the gateway asks for a sign-in");
            String token = Json.text(
                    Tokens.clientCredentials(
                            http,
                            URI.create(platform.issuer() + "/protocol/openid-connect/token"),
                            CUSTOMER,
                            credentials.get(Credentials.Name.DEMO_CUSTOMER_CLIENT_SECRET),
                            "orders:read"),
                    "access_token");
            HttpResponse<String> orders = visitor.get(url, token);
            Visitor.require("A call with a token", orders, 200);
            tell("GET  " + url, "200", "with a token of " + CUSTOMER + " that has the scope orders:read");
        });
    }

    private void tell(String call, String status, String what) {
        output.note("  " + output.errStyle(Style.GOOD, "✓") + " " + call + "  " + status);
        output.note("      " + what);
    }

    static Optional<String> url(List<JsonNode> endpoints, String component) {
        return endpoints.stream()
                .filter(endpoint -> Json.text(endpoint, "component").equals(component))
                .filter(endpoint -> Json.text(endpoint, "visibility").equalsIgnoreCase("public"))
                .map(endpoint -> Json.text(endpoint, "url").replaceAll("/+$", ""))
                .filter(url -> !url.isEmpty())
                .findFirst();
    }
}
