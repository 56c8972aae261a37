package dev.cytoplane.cli.audit;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.output.Style;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(name = "audit", description = "The audit log of the organization. Its entries: cyto list audit.")
public final class Audit implements Runnable {

    private final Session session;

    @Spec
    private CommandSpec spec;

    Audit(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Write what to do with the audit log: check.");
    }

    @Command(
            name = "check",
            description = "Check that no entry was changed, removed or put in between. Fails when one was.")
    int check() {
        JsonNode found = session.api().get(session.place().organizationPath() + "/audit/verification");
        if (session.json()) {
            session.output().result(Json.pretty(found));
        }
        long entries = found.path("entries").asLong();
        if (!found.path("valid").asBoolean()) {
            throw new Failure(
                    ExitCode.UNSUCCESSFUL,
                    "The chain is broken at entry %s.".formatted(Json.text(found, "firstBrokenSequence")),
                    "The %d entries before are as they were written. From there on, something was changed or removed in the database."
                            .formatted(entries));
        }
        if (!session.json()) {
            session.output()
                    .result("%s: %d entries, none changed, removed or put in between."
                            .formatted(session.output().style(Style.GOOD, "The chain is whole"), entries));
            session.output().result("Head: " + Json.text(found, "headHash"));
        }
        return 0;
    }
}
