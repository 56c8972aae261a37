package dev.cytoplane.cli.context;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.home.Home;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The contexts of one home, in {@code cli/contexts.json}, and their sign-ins, in {@code cli/tokens/<context>.json}. */
public final class Contexts {

    private final Home home;

    public Contexts(Home home) {
        this.home = home;
    }

    public Optional<String> current() {
        return Optional.ofNullable(Json.textOrNull(read(), "current"));
    }

    public Optional<Context> find(String name) {
        JsonNode found = read().path("contexts").get(name);
        return found == null
                ? Optional.empty()
                : Optional.of(new Context(
                        name,
                        URI.create(Json.text(found, "server")),
                        Json.textOrNull(found, "organization"),
                        Json.textOrNull(found, "project")));
    }

    public List<Context> all() {
        List<Context> all = new ArrayList<>();
        read().path("contexts").propertyNames().forEach(name -> find(name).ifPresent(all::add));
        return all;
    }

    /** Keeps a context under its name. */
    public void save(Context context, boolean makeCurrent) {
        ObjectNode document = read();
        ObjectNode entry = Json.object();
        entry.put("server", context.server().toString());
        putIfThere(entry, "organization", context.organization());
        putIfThere(entry, "project", context.project());
        document.withObject("/contexts").set(context.name(), entry);
        if (makeCurrent || !document.has("current")) {
            document.put("current", context.name());
        }
        write("contexts.json", document);
    }

    /** Forgets a context; when it was the current one, another becomes it. */
    public void remove(String name) {
        ObjectNode document = read();
        if (document.path("contexts").isObject()
                && document.withObject("/contexts").remove(name) != null) {
            if (Json.text(document, "current").equals(name)) {
                document.remove("current");
                document.path("contexts").propertyNames().stream()
                        .findFirst()
                        .ifPresent(other -> document.put("current", other));
            }
            write("contexts.json", document);
        }
    }

    public Optional<Credential> credential(String context) {
        return readFile(tokenFile(context)).map(Credential::of);
    }

    public void save(String context, Credential credential) {
        Home.write(tokenFile(context), Json.bytes(credential.toJson()));
    }

    /** @return false when there was none */
    public boolean forget(String context) {
        try {
            return Files.deleteIfExists(tokenFile(context));
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILED,
                    "The file " + tokenFile(context) + " cannot be deleted.",
                    "Delete it yourself.",
                    e);
        }
    }

    private Path tokenFile(String context) {
        return home.file("cli").resolve("tokens").resolve(context.replaceAll("[^A-Za-z0-9._-]", "_") + ".json");
    }

    private static void putIfThere(ObjectNode node, String field, @Nullable String value) {
        if (value != null) {
            node.put(field, value);
        }
    }

    private ObjectNode read() {
        return readFile(home.file("cli").resolve("contexts.json"))
                .map(node -> (ObjectNode) node)
                .orElseGet(Json::object);
    }

    private void write(String name, ObjectNode document) {
        Home.write(home.file("cli").resolve(name), Json.bytes(document));
    }

    private static Optional<JsonNode> readFile(Path file) {
        try {
            return Optional.of(Json.parse(Files.readString(file))).filter(JsonNode::isObject);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | JacksonException e) {
            throw new Failure(ExitCode.FAILED, "The file " + file + " cannot be read.", "Correct or delete it.", e);
        }
    }
}
