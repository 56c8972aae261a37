package dev.cytoplane.cli.create;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "join-token",
        description = {
            "Create another token for a data plane to join with. It is shown once, and good for one hour.",
            "When it is used, the certificates that the data plane has stop counting."
        })
final class CreateJoinToken implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "DATA-PLANE", description = "Its name.")
    private String dataPlane = "";

    @Mixin
    private final Invitation invitation = new Invitation();

    CreateJoinToken(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        invitation.tell(session, "Tokens from before do not count any more.", create(session, dataPlane));
        return 0;
    }

    static JsonNode create(Session session, String dataPlane) {
        return session.api().post(Api.path("data-planes", dataPlane, "join-token"), Json.object());
    }
}
