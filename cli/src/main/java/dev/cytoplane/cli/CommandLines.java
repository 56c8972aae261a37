package dev.cytoplane.cli;

import dev.cytoplane.cli.output.Output;
import dev.cytoplane.cli.output.Style;
import dev.cytoplane.cli.resource.ResourceCommands;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts the command line together, and turns what goes wrong into sentences and exit codes. */
public final class CommandLines {

    private CommandLines() {}

    /** Runs one command line. @return the exit code */
    public static int run(Session session, String... arguments) {
        return create(session, arguments).execute(arguments);
    }

    /** With all commands. */
    public static CommandLine create(Session session) {
        CommandLine line = root(session);
        commands(session, List.of()).forEach((name, command) -> line.addSubcommand(name, command.get()));
        configure(line, session);
        return line;
    }

    /** With the one command that the arguments name, since making all of them takes longer than most commands. */
    private static CommandLine create(Session session, String... arguments) {
        List<String> words = Words.of(arguments);
        boolean onlyVersion = arguments.length == 1 && arguments[0].equals("--version");
        Supplier<Object> named = words.isEmpty()
                ? null
                : commands(session, words.subList(1, words.size())).get(words.getFirst());
        if (named == null && !onlyVersion) {
            return create(session);
        }
        CommandLine line = root(session);
        if (named != null) {
            line.addSubcommand(words.getFirst(), named.get());
        }
        configure(line, session);
        return line;
    }

    private static CommandLine root(Session session) {
        return new CommandLine(new Cyto(session), new Factory(session));
    }

    /** @param words what follows the command's name */
    private static Map<String, Supplier<Object>> commands(Session session, List<String> words) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        Factory factory = new Factory(session);
        Commands.ALL.forEach((name, type) -> commands.put(name, () -> new CommandLine(type, factory)));
        commands.putAll(ResourceCommands.all(session, words));
        for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
            commands.putAll(provider.commands(session));
        }
        return commands;
    }

    private static void configure(CommandLine line, Session session) {
        // The session's output is made when the options are known, which it depends on.
        line.setOut(session.outWriter());
        line.setErr(session.errWriter());
        boolean color = session.terminal().out() && session.environmentWantsColor();
        line.setColorScheme(CommandLine.Help.defaultColorScheme(color ? Ansi.ON : Ansi.OFF));
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(Math.clamp(session.terminal().width(), 60, 120));
        line.setUsageHelpLongOptionsMaxWidth(30);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setAbbreviatedOptionsAllowed(false);
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new GroupedCommands());
        line.setExitCodeExceptionMapper(CommandLines::exitCode);
        line.setParameterExceptionHandler((e, arguments) -> misused(e, session));
        line.setExecutionExceptionHandler((e, commandLine, parsed) -> failed(e, session));
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

    private static int failed(Exception e, Session session) {
        Output output = session.output();
        Throwable cause = e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
        output.error(output.errStyle(Style.BAD, "Error: ") + message(cause));
        if (cause instanceof Failure failure && failure.advice() != null) {
            output.error(failure.advice());
        }
        if (Variable.CYTO_DEBUG.in(session.environment()) != null) {
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
