package dev.cytoplane.cli.create;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "dataplane",
        description = "How a Kubernetes cluster becomes a data plane. All data planes: cyto list data-planes.")
public final class DataPlane implements Runnable {

    private final Session session;

    @Spec
    private CommandSpec spec;

    DataPlane(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Write what to do with the data plane: join.");
    }

    @Command(
            name = "join",
            description = {
                "Print what an administrator of a Kubernetes cluster runs to make the cluster this data plane.",
                "Registers the data plane if there is none of that name. Its token is shown once, and good for one hour.",
                "Of one that is there it is another token: when it is used, the certificates that the data plane has stop counting."
            })
    int join(
            @Parameters(paramLabel = "NAME", description = "A DNS label; cannot be changed later.") String name,
            @Option(
                            names = "--domain",
                            paramLabel = "DOMAIN",
                            description =
                                    "Of a new one: public addresses of its cells lie under it. Default: localhost.")
                    @Nullable
                    String domain) {
        Invitation.tellOfKubernetes(session, "Keep the join token: it is not shown again.", registered(name, domain));
        return 0;
    }

    private JsonNode registered(String name, @Nullable String domain) {
        try {
            return CreateDataPlane.register(session, name, domain);
        } catch (Problem taken) {
            if (taken.status() != 409) {
                throw taken;
            }
            if (domain != null) {
                throw new Failure(
                        ExitCode.CONFLICT, name + " is registered already, with its domain.", "Leave --domain out.");
            }
            return CreateJoinToken.create(session, name);
        }
    }
}
