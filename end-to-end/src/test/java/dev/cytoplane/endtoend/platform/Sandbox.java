package dev.cytoplane.endtoend.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** An organization of a test's own, with a project {@code shop} and a token for Git. */
public final class Sandbox {

    private static final Set<String> OVER = Set.of("LIVE", "FAILED", "SUPERSEDED", "REMOVED");

    private final Api api;
    private final Http http;
    private final Path root;
    private final String organization;
    private final String project;
    private final String token;

    private Sandbox(Api api, Http http, Path root, String organization, String project, String token) {
        this.api = api;
        this.http = http;
        this.root = root;
        this.organization = organization;
        this.project = project;
        this.token = token;
    }

    /**
     * On any platform.
     *
     * @param api called by who then owns the organization
     * @param root of the repository
     */
    public static Sandbox create(Api api, Http http, Path root, String prefix) {
        // A platform that is used again has the organizations of earlier runs.
        String name = prefix + "-" + UUID.randomUUID().toString().substring(0, 6);
        api.post("/organizations", Map.of("name", name)).expect(201);
        api.post("/organizations/" + name + "/projects", Map.of("name", "shop")).expect(201);
        String token = api.post("/me/tokens", Map.of("name", name))
                .expect(201)
                .json()
                .path("token")
                .asString();
        return new Sandbox(api, http, root, name, "shop", token);
    }

    /** Another project, so another cell, of the same organization. */
    public Sandbox withProject(String name) {
        api().post("/organizations/" + organization + "/projects", Map.of("name", name))
                .expect(201);
        return new Sandbox(api, http, root, organization, name, token);
    }

    /** The same with a pipeline of the organization's, instead of the one that it began with. */
    public Sandbox withProject(String name, String pipeline) {
        api().post("/organizations/" + organization + "/projects", Map.of("name", name, "pipeline", pipeline))
                .expect(201);
        return new Sandbox(api, http, root, organization, name, token);
    }

    public String organization() {
        return organization;
    }

    /** A personal access token of the organization's owner. */
    public String token() {
        return token;
    }

    public String project() {
        return "/organizations/" + organization + "/projects/" + project;
    }

    public String component(String name) {
        return project() + "/components/" + name;
    }

    public Api api() {
        return api;
    }

    /** Makes a component of type service whose source the platform keeps. */
    public JsonNode create(String component) {
        return api().post(project() + "/components", Map.of("name", component))
                .expect(201)
                .json();
    }

    /** A new working tree in a temporary folder, with a small Node.js service that answers the text at {@code /}. */
    public Git nodeService(String component, String text) {
        Programs.needNode();
        Git git = Git.init(temporary(component));
        return service(git, text);
    }

    /** Changes the text that the service answers. */
    public Git service(Git git, String text) {
        return git.write("package.json", "{\"name\": \"hello\", \"version\": \"1.0.0\", \"private\": true}\n")
                .write("server.js", """
                        require('http').createServer((request, response) => {
                          if (request.url === '/environment') {
                            response.setHeader('Content-Type', 'application/json');
                            return response.end(JSON.stringify(process.env));
                          }
                          if (request.url === '/headers') {
                            response.setHeader('Content-Type', 'application/json');
                            return response.end(JSON.stringify(request.headers));
                          }
                          if (request.url === '/crash') process.exit(3);
                          response.end(%s);
                        }).listen(process.env.PORT, '127.0.0.1');
                        process.on('SIGTERM', () => process.exit(0));
                        """.formatted(Json.write(text)))
                .write("cytoplane.yaml", """
                        apiVersion: cytoplane.dev/v1alpha1
                        kind: Component
                        type: service
                        run:
                          command: [node, server.js]
                        endpoints:
                          - name: http
                            visibility: public
                            path: /hello
                        """);
    }

    /**
     * A new working tree in a temporary folder, with a task of a few lines of JavaScript.
     *
     * @param schedule five fields of cron; empty for a task that runs when somebody asks
     */
    public Git task(String component, String schedule, String script) {
        Programs.needNode();
        Git git = Git.init(temporary(component))
                .write("package.json", "{\"name\": \"task\", \"version\": \"1.0.0\", \"private\": true}\n")
                .write("task.js", script + "\n")
                .write("cytoplane.yaml", """
                        apiVersion: cytoplane.dev/v1alpha1
                        kind: Component
                        type: %s-task
                        run:
                          command: [node, task.js]
                        %s
                        """.formatted(
                                schedule.isEmpty() ? "manual" : "scheduled",
                                schedule.isEmpty() ? "" : "task: {schedule: '" + schedule + "'}"));
        git.commit("a task");
        return git;
    }

    /** Pushes the branch main and gives what was printed. */
    public Git.Result push(Git git, String component) {
        String url = api().get(component(component))
                .expect(200)
                .json()
                .path("gitUrl")
                .asString();
        return git.push(url, token);
    }

    /** Pushes the branch main and goes on at once. */
    public Process startPush(Git git, String component) {
        return git.startPush(gitUrl(component), token);
    }

    private String gitUrl(String component) {
        return api().get(component(component)).expect(200).json().path("gitUrl").asString();
    }

    /** What the project is called as a cell. */
    public String cell(String environment) {
        return project + "." + environment + "." + organization;
    }

    /** Makes the component, pushes its source and waits until it is live. */
    public Git deploy(String component, Git source) {
        create(component);
        push(source, component).ok();
        awaitLive(component, "development");
        return source;
    }

    /** The deployments of a component in an environment, the newest first. */
    public List<JsonNode> deployments(String component, String environment) {
        return api().get(component(component) + "/deployments?sort=-createdAt&environment=" + environment)
                .expect(200)
                .json()
                .path("items")
                .valueStream()
                .toList();
    }

    /** The release that is live in an environment. */
    public Optional<String> live(String component, String environment) {
        return deployments(component, environment).stream()
                .filter(deployment -> deployment.path("status").asString().equals("LIVE"))
                .map(deployment -> deployment.path("release").asString())
                .findFirst();
    }

    /** Waits until the newest deployment in an environment has ended, and makes sure that it is live. */
    public JsonNode awaitLive(String component, String environment) {
        return awaitNewest(component, environment, "LIVE");
    }

    public JsonNode awaitNewest(String component, String environment, String status) {
        JsonNode newest = Waits.value(
                "a deployment of " + component + " in " + environment,
                Waits.LONG,
                () -> deployments(component, environment).stream().findFirst());
        JsonNode ended = awaitEnd(component, newest.path("id").asString());
        assertThat(ended.path("status").asString()).as("%s", ended).isEqualTo(status);
        return ended;
    }

    /** The component's public address in the first environment, when it is offered there. */
    public String url(String component) {
        return url(component, "development");
    }

    public String url(String component, String environment) {
        JsonNode endpoint = Waits.value(
                "the address of " + component,
                Waits.USUAL,
                () -> StreamSupport.stream(
                                api().get("/organizations/" + organization + "/endpoints?environment=" + environment)
                                        .expect(200)
                                        .json()
                                        .path("items")
                                        .spliterator(),
                                false)
                        .filter(item -> item.path("project").asString().equals(project))
                        .filter(item -> item.path("component").asString().equals(component))
                        .filter(item -> !item.path("url").asString("").isEmpty())
                        .filter(item -> item.path("visibility").asString().equalsIgnoreCase("public"))
                        .findFirst());
        return endpoint.path("urls")
                .valueStream()
                .map(JsonNode::asString)
                .filter(url -> url.startsWith("http:"))
                .findFirst()
                .orElseGet(() -> endpoint.path("url").asString());
    }

    /** Waits until the address answers the text. */
    public void awaitAnswer(String url, String text) {
        Waits.until(
                url + " answers " + text,
                Waits.LONG,
                () -> assertThat(http.get(url).expect(200).text()).isEqualTo(text));
    }

    /** Waits until a deployment has ended one way or the other. */
    public JsonNode awaitEnd(String component, String deployment) {
        return awaitEnd(component(component) + "/deployments/" + deployment, Waits.LONG, OVER);
    }

    /** Waits until a build has ended one way or the other. */
    public JsonNode awaitBuild(String component, String build) {
        return awaitEnd(
                component(component) + "/builds/" + build, Waits.LONG, Set.of("SUCCEEDED", "FAILED", "CANCELLED"));
    }

    private JsonNode awaitEnd(String path, Duration atMost, Set<String> statuses) {
        AtomicReference<JsonNode> last = new AtomicReference<>();
        Waits.until(path + " ends", atMost, () -> {
            JsonNode found = api().get(path).expect(200).json();
            assertThat(found.path("status").asString()).as("%s", found).isIn(statuses);
            last.set(found);
        });
        return Objects.requireNonNull(last.get());
    }

    /** A new folder that is kept until the next build. */
    public Path temporary(String name) {
        try {
            Path parent = root.resolve("end-to-end/target/trees");
            Files.createDirectories(parent);
            return Files.createTempDirectory(parent, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
