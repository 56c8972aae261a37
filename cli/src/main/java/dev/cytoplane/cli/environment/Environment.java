package dev.cytoplane.cli.environment;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "environment",
        description = "The Git repository of an environment. All environments: cyto list environments.",
        subcommands = Delivery.class)
public final class Environment implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Write what of the environment is meant: delivery.");
    }
}
