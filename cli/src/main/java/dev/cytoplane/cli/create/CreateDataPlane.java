package dev.cytoplane.cli.create;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "data-plane",
        description = "Register a data plane. The token that it joins with is shown once, and good for one hour.")
final class CreateDataPlane implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "A DNS label; cannot be changed later.")
    private String name = "";

    @Option(
            names = "--domain",
            paramLabel = "DOMAIN",
            description = "Public addresses of its cells lie under it. Default: localhost.")
    private @Nullable String domain;

    @Mixin
    private final Invitation invitation = new Invitation();

    CreateDataPlane(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        invitation.tell(
                session,
                "Registered the data plane " + name + ". Keep its join token: it is not shown again.",
                register(session, name, domain));
        return 0;
    }

    static JsonNode register(Session session, String name, @Nullable String domain) {
        ObjectNode body = Json.object().put("name", name);
        Created.put(body, "domain", domain);
        return session.api().post("/data-planes", body);
    }
}
