package dev.cytoplane.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The root command. */
@Command(
        name = "cyto",
        versionProvider = Version.class,
        description = "Build, release and run components in cells, behind their gateways.",
        synopsisSubcommandLabel = "COMMAND")
final class Cyto implements Runnable {

    @Mixin
    final GlobalOptions options;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = picocli.CommandLine.ScopeType.INHERIT,
            description = "This help.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "The version.")
    boolean version;

    @Spec
    CommandSpec spec;

    private final Session session;

    Cyto(Session session) {
        this.session = session;
        this.options = session.options();
    }

    @Override
    public void run() {
        session.output().raw(spec.commandLine().getUsageMessage());
    }
}
