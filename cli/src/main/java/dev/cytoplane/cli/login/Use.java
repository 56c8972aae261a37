package dev.cytoplane.cli.login;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.context.Context;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "use",
        description = {
            "Choose what commands mean when they do not say it.",
            "cyto use acme/shop; cyto use --context work; cyto use alone shows the choice."
        })
public final class Use implements Callable<Integer> {

    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "ORGANIZATION[/PROJECT]", description = "From now on.")
    private @Nullable String place;

    @Option(names = "--no-check", description = "Do not ask the server whether it exists.")
    private boolean noCheck;

    Use(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Context context = session.context();
        if (place != null) {
            String[] parts = place.split("/", -1);
            if (parts.length > 2 || parts[0].isEmpty()) {
                throw new Failure(ExitCode.USAGE, "Write ORGANIZATION or ORGANIZATION/PROJECT.");
            }
            String project = parts.length == 2 && !parts[1].isEmpty() ? parts[1] : null;
            if (!noCheck) {
                String path = Api.path("organizations", parts[0]);
                session.api().get(project == null ? path : path + Api.path("projects", project));
            }
            context = context.at(parts[0], project);
        }
        session.contexts().save(context, true);
        session.output()
                .result("Context " + context.name() + ": " + context.server()
                        + (context.organization() == null ? "" : ", organization " + context.organization())
                        + (context.project() == null ? "" : ", project " + context.project()));
        return 0;
    }
}
