package dev.cytoplane.cli.create;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "member", description = "Give a person a role in the organization, or take it from them in a project.")
final class CreateMember implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "USER", description = "User name.")
    private String username = "";

    @Option(names = "--role", required = true, paramLabel = "ROLE", description = "owner, admin, developer or viewer.")
    private String role = "";

    @Option(names = "--project", paramLabel = "NAME", description = "Only in this project. Default: everywhere.")
    private @Nullable String project;

    @Option(names = "--deny", description = "Forbid instead of allow; a deny beats every allow.")
    private boolean deny;

    CreateMember(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode body =
                Json.object().put("username", username).put("role", role).put("effect", deny ? "deny" : "allow");
        Created.put(body, "project", project);
        Created.tell(
                session,
                username + (deny ? " is denied the role " : " has the role ") + role + ".",
                session.api().post(session.place().organizationPath() + "/members", body));
        return 0;
    }
}
