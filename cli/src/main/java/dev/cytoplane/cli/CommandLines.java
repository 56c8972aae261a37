package dev.cytoplane.cli;

import dev.cytoplane.cli.output.Output;
import dev.cytoplane.cli.output.Style;
import dev.cytoplane.cli.resource.ResourceCommands;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts the command line together, and turns what goes wrong into sentences and exit codes. */
public final class CommandLines {

    private CommandLines() {}

    /** Runs one command line. @return the exit code */
    public static int run(Session session, String... arguments) {
        return create(session).execute(arguments);
    }

    public static CommandLine create(Session session) {
        CommandLine line = new CommandLine(new Cyto(session), new Factory(session));
        Commands.ALL.forEach(line::addSubcommand);
        ResourceCommands.all(session).forEach(command -> line.addSubcommand(command.getCommandName(), command));
        for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
            provider.commands(session).forEach(line::addSubcommand);
        }
        configure(line, session);
        return line;
    }

    private static void configure(CommandLine line, Session session) {
        boolean color = session.output().color();
        line.setColorScheme(CommandLine.Help.defaultColorScheme(color ? Ansi.ON : Ansi.OFF));
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(Math.clamp(session.output().width(), 60, 120));
        line.setUsageHelpLongOptionsMaxWidth(30);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setAbbreviatedOptionsAllowed(false);
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new GroupedCommands());
        line.setExitCodeExceptionMapper(CommandLines::exitCode);
        line.setParameterExceptionHandler((e, arguments) -> misused(e, session));
        line.setExecutionExceptionHandler((e, commandLine, parsed) -> failed(e, parsed, session));
    }

    private static int exitCode(Throwable thrown) {
        return thrown instanceof Failure failure ? failure.exitCode().number() : ExitCode.FAILED.number();
    }

    private static int misused(ParameterException e, Session session) {
        Output output = session.output();
        CommandLine line = e.getCommandLine();
        output.error(output.errStyle(Style.BAD, "Error: ") + sentence(e.getMessage()));
        List<String> suggestions =
                e instanceof UnmatchedArgumentException unmatched ? Suggestions.of(unmatched) : List.of();
        if (!suggestions.isEmpty()) {
            output.error("Did you mean: " + String.join(", ", suggestions) + "?");
        }
        output.error("See: " + line.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE.number();
    }

    private static int failed(Exception e, ParseResult parsed, Session session) {
        Output output = session.output();
        Throwable cause = e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
        output.error(output.errStyle(Style.BAD, "Error: ") + message(cause));
        if (cause instanceof Failure failure && failure.advice() != null) {
            output.error(failure.advice());
        }
        if (!session.environment().getOrDefault("CYTO_DEBUG", "").isEmpty()) {
            java.io.StringWriter trace = new java.io.StringWriter();
            cause.printStackTrace(new java.io.PrintWriter(trace));
            output.error(trace.toString());
        } else if (!(cause instanceof Failure)) {
            output.error("This is a fault of cyto. CYTO_DEBUG=1 shows where it happened.");
        }
        return exitCode(cause);
    }

    private static String message(Throwable thrown) {
        if (thrown instanceof java.io.UncheckedIOException io && io.getCause() != null) {
            return sentence(io.getMessage() + ": " + io.getCause().getMessage());
        }
        return thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
    }

    private static String sentence(@Nullable String text) {
        String message = text == null ? "The command line is wrong" : text.strip();
        return message.endsWith(".") || message.endsWith("?") ? message : message + ".";
    }

    /** Makes commands with the session as their constructor's argument, and everything else as picocli does. */
    private record Factory(Session session) implements IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Session.class) {
                    constructor.setAccessible(true);
                    return type.cast(constructor.newInstance(session));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
