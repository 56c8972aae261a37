package dev.cytoplane.cli.create;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "token",
        description = "Create an access token that acts as you, for Git and scripts. It is shown once.")
final class CreateToken implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "What it is for.")
    private String name = "";

    @Option(names = "--days", paramLabel = "N", defaultValue = "90", description = "Life, 1 to 365. Default: 90.")
    private int days;

    @Option(
            names = "--platform-admin",
            description = "It may manage data planes, as long as you may. Only then can commands that use it do that.")
    private boolean platformAdmin;

    CreateToken(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Created.tell(
                session,
                "Created the token " + name + ". Keep it: it is not shown again.",
                session.api()
                        .post(
                                "/me/tokens",
                                Json.object()
                                        .put("name", name)
                                        .put("expiresInDays", days)
                                        .put("platformAdmin", platformAdmin)));
        return 0;
    }
}
