package dev.cytoplane.cli.create;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Holds the commands that make things. */
@Command(
        name = "create",
        description = "Create something.",
        subcommands = {
            CreateOrganization.class,
            CreateProject.class,
            CreateComponent.class,
            CreateEnvironment.class,
            CreatePipeline.class,
            CreatePlacement.class,
            CreateMember.class,
            CreateServiceAccount.class,
            CreateToken.class,
            CreateDataPlane.class,
            CreateJoinToken.class
        })
public final class Create implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new picocli.CommandLine.ParameterException(spec.commandLine(), "Write what to create.");
    }
}
