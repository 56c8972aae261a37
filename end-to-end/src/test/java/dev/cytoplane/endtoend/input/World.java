package dev.cytoplane.endtoend.input;

import dev.cytoplane.endtoend.platform.Api;
import dev.cytoplane.endtoend.platform.GitHubHook;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Sandbox;
import dev.cytoplane.endtoend.platform.Tokens;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Two organizations with something of every kind in each. The caller owns the first and knows nothing of the second; it
 * is no administrator of the platform.
 */
final class World {

    private static final String HOOKED = "hooked";
    private static final String TASK = "report";

    /** Where nobody listens. */
    static final String NO_REPOSITORY = "https://localhost:1/cells.git";

    private final Platform platform;
    private final Sandbox own;
    private final Map<String, String> ownIds;
    private final Sandbox foreign;
    private final Map<String, String> foreignIds;
    private final String[] owner;
    private final String[] viewer;
    private final String expired;

    World(Platform platform) {
        this.platform = platform;
        // First, so that it is old enough when it is needed.
        this.expired = platform.tokens().shortLived();
        this.own = platform.sandbox("own");
        this.ownIds = fill(own);
        this.foreign = platform.sandbox("foreign");
        this.foreignIds = fill(foreign);
        this.owner = serviceAccount("owner-account", "owner");
        this.viewer = serviceAccount("viewer-account", "viewer");
    }

    private Map<String, String> fill(Sandbox sandbox) {
        sandbox.create("api");
        Api api = sandbox.api();
        // Before anything is deployed: later it would be deployed anew, at a time that a test did not choose.
        api.send("PUT", sandbox.component("api") + "/secrets/development/PASSWORD", "{\"value\": \"hush\"}", Map.of())
                .expect(200);
        var git = sandbox.nodeService("api", "hello from " + sandbox.organization());
        git.commit("first");
        sandbox.push(git, "api").ok();
        GitHubHook hook = hook(sandbox);
        hook.send("ping", UUID.randomUUID().toString(), "{\"zen\": \"Keep it simple.\"}");
        String organization = "/organizations/" + sandbox.organization();
        String component = sandbox.component("api");
        Map<String, String> ids = new HashMap<>();
        ids.put("organization", sandbox.organization());
        ids.put("project", "shop");
        ids.put("component", "api");
        ids.put("environment", "development");
        ids.put("pipeline", "default");
        ids.put("release", first(api, component + "/releases"));
        ids.put("builds", first(api, component + "/builds"));
        ids.put("deployments", first(api, component + "/deployments"));
        ids.put("delivery", first(api, sandbox.component(HOOKED) + "/webhook/deliveries"));
        ids.put("members", first(api, organization + "/members"));
        api.post(organization + "/service-accounts", Map.of("name", "robot", "role", "viewer"))
                .expect(201);
        ids.put("service-accounts", "robot");
        ids.put("tokens", first(api, "/me/tokens"));
        ids.put("runs", run(sandbox));
        api.send(
                        "PUT",
                        organization + "/environments/development/delivery",
                        "{\"url\": \"" + NO_REPOSITORY + "\"}",
                        Map.of())
                .expect(201);
        ids.put("data-planes", "local");
        ids.put("endpoints", "http");
        ids.put("name", "PASSWORD");
        return ids;
    }

    /** A task that ran once. */
    private static String run(Sandbox sandbox) {
        sandbox.deploy(TASK, sandbox.task(TASK, "", "console.log('done')"));
        return sandbox.api()
                .post(sandbox.component(TASK) + "/runs", Map.of("environment", "development"))
                .expect(201)
                .json()
                .path("id")
                .asString();
    }

    /** A component whose source is outside, so that it can have a webhook. */
    private GitHubHook hook(Sandbox sandbox) {
        Map<String, Object> source = Map.of("kind", "git", "url", "http://localhost:1/no-such.git");
        Api api = sandbox.api();
        api.post(sandbox.project() + "/components", Map.of("name", HOOKED, "source", source))
                .expect(201);
        return GitHubHook.make(platform, api, sandbox.component(HOOKED), "{}");
    }

    private static String first(Api api, String list) {
        JsonNode item = api.get(list).expect(200).json().path("items").path(0);
        return item.path("id").asString();
    }

    private String[] serviceAccount(String name, String role) {
        JsonNode account = own.api()
                .post("/organizations/" + own.organization() + "/service-accounts", Map.of("name", name, "role", role))
                .expect(201)
                .json();
        return new String[] {
            account.path("clientId").asString(), account.path("clientSecret").asString()
        };
    }

    /** A token of an owner of the first organization. */
    String owner() {
        return token(owner);
    }

    /** A token of somebody who may only look at the first organization. */
    String viewer() {
        return token(viewer);
    }

    private final Map<String, String> kept = new HashMap<>();

    private String token(String[] account) {
        Tokens tokens = platform.tokens();
        return kept.computeIfAbsent(account[0], client -> tokens.of(client, account[1], ""));
    }

    /** Signed by the right issuer for the right audience, and over. */
    String expired() {
        return expired;
    }

    /** An operation's path in the first organization; everything in it exists. */
    String path(Operation operation) {
        return operation.path(name -> value(operation, name, ownIds));
    }

    /** The same path, with everything from the second organization. */
    String foreignPath(Operation operation) {
        return operation.path(name -> value(operation, name, foreignIds));
    }

    /** A path in the first organization, with ids of things in the second. */
    String mixedPath(Operation operation) {
        return operation.path(name -> value(operation, name, name.equals("organization") ? ownIds : foreignIds));
    }

    String pathWith(Operation operation, String parameter, String bad) {
        return operation.path(name -> name.equals(parameter) ? bad : value(operation, name, ownIds));
    }

    /** A parameter that no name tells, such as {@code id}, is one of the collection before it. */
    private static String value(Operation operation, String parameter, Map<String, String> ids) {
        if (parameter.equals("component") && operation.path().contains("/webhook")) {
            return HOOKED;
        }
        if (parameter.equals("component") && operation.path().contains("/runs")) {
            return TASK;
        }
        String before = operation.path().substring(0, operation.path().indexOf("{" + parameter + "}"));
        String collection = before.substring(before.lastIndexOf('/', before.length() - 2) + 1, before.length() - 1);
        String byCollection = ids.get(collection);
        if (byCollection != null) {
            return byCollection;
        }
        String byName = ids.get(parameter);
        if (byName == null) {
            throw new AssertionError("No value for {" + parameter + "} of " + operation + ": add it to World");
        }
        return byName;
    }

    boolean isUnique(Operation operation, String parameter) {
        String value = value(operation, parameter, ownIds);
        return value.length() == 36 || value.startsWith("r-");
    }

    Platform platform() {
        return platform;
    }

    String organization() {
        return own.organization();
    }

    String release() {
        return ownIds.getOrDefault("release", "");
    }

    String deployment() {
        return ownIds.getOrDefault("deployments", "");
    }

    /** The second organization's thing that a field of that name may name; empty when no name tells. */
    String foreign(String field) {
        return switch (field) {
            case "release" -> foreignIds.getOrDefault("release", "");
            case "deployment" -> foreignIds.getOrDefault("deployments", "");
            default -> "";
        };
    }

    /** Everything that is written is in the audit log: the same entries before and after mean that nothing changed. */
    String written() {
        String own = audited(organization());
        return own + audited(foreign.organization());
    }

    private String audited(String organization) {
        return platform.api()
                .get("/organizations/" + organization + "/audit/verification")
                .expect(200)
                .text();
    }
}
