package dev.cytoplane.launcher.reference;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Variable;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A command line with all its commands as a page of Markdown. */
final class CliReferencePage {

    private final StringBuilder page = new StringBuilder("""
            <!-- Generated from the code by CliReferenceTest; change the commands, not this page. -->
            # The command line, cyto

            `cyto` does nothing that the [REST API](rest.md) cannot; only the commands under "This machine" reach further, since they
            start and stop the platform itself. Every command explains itself with `--help`.
            """);

    private CliReferencePage() {}

    static String of(CommandLine cyto) {
        var page = new CliReferencePage();
        page.page.append("\n## Options of every command\n\n").append("| | |\n| --- | --- |\n");
        cyto.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .forEach(page::option);
        page.variables();
        page.exitCodes();
        page.commands(cyto);
        return page.page.toString();
    }

    private void variables() {
        page.append(
                "\n## Environment\n\nAn option of the command line goes before a variable.\n\n| | |\n| --- | --- |\n");
        for (Variable variable : Variable.values()) {
            page.append("| `%s` | %s |\n".formatted(variable, variable.meaning()));
        }
    }

    private void exitCodes() {
        page.append("\n## Exit codes\n\nA number never changes its meaning.\n\n| | |\n| --- | --- |\n");
        for (ExitCode code : ExitCode.values()) {
            page.append("| %d | %s |\n".formatted(code.number(), code.meaning()));
        }
    }

    private void commands(CommandLine line) {
        new TreeMap<>(line.getSubcommands()).forEach((_, command) -> {
            CommandSpec spec = command.getCommandSpec();
            if (!spec.usageMessage().hidden()) {
                command(spec);
                commands(command);
            }
        });
    }

    private void command(CommandSpec spec) {
        page.append("\n## ")
                .append(spec.qualifiedName())
                .append("\n\n")
                .append(text(spec.usageMessage().description()));
        List<PositionalParamSpec> parameters = spec.positionalParameters();
        List<OptionSpec> options = spec.options().stream()
                .filter(option -> !option.hidden() && !option.inherited() && !option.usageHelp())
                .toList();
        if (!spec.subcommands().isEmpty() || parameters.isEmpty() && options.isEmpty()) {
            page.append('\n');
        }
        if (parameters.isEmpty() && options.isEmpty()) {
            return;
        }
        page.append("\n\n| | |\n| --- | --- |\n");
        for (PositionalParamSpec parameter : parameters) {
            boolean needed = parameter.arity().min() > 0;
            page.append("| `%s`%s | %s |\n"
                    .formatted(
                            parameter.paramLabel(), needed ? "" : " (may be left out)", text(parameter.description())));
        }
        options.forEach(this::option);
    }

    private void option(OptionSpec option) {
        String names =
                Arrays.stream(option.names()).map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        page.append("| %s%s%s | %s |\n"
                .formatted(names, value, option.required() ? " (needed)" : "", text(option.description())));
    }

    private static String text(String[] lines) {
        return String.join(" ", lines).replace("%n", " ").replace("|", "\\|").strip();
    }
}
