package dev.cytoplane.cli.resource;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.output.Output;
import dev.cytoplane.cli.output.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code cyto list projects} and the like. */
@Command
abstract class ListCommand implements Callable<Integer> {

    private final Session session;
    private final Noun noun;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "200", description = "At most so many. Default: 200.")
    private int limit;

    @Option(
            names = "--sort",
            paramLabel = "FIELD",
            description = "Sort by a field; with - before it, downwards: -createdAt.")
    private @Nullable String sort;

    @Option(
            names = "--filter",
            paramLabel = "FIELD=VALUE",
            description = "Only those whose field has this value. May be repeated.")
    private Map<String, String> filters = Map.of();

    private ListCommand(Session session, Noun noun) {
        this.session = session;
        this.noun = noun;
    }

    /** The command line of {@code list}, with one command a noun. */
    public static CommandLine create(Session session, Predicate<Noun> nouns) {
        CommandSpec spec = CommandSpec.create().name("list");
        spec.usageMessage().description("List things.", "Narrow a list with --filter, for scripts use -o json.");
        CommandLine line = new CommandLine(spec);
        for (Noun noun : Noun.ALL) {
            if (nouns.test(noun) && noun.verbs().contains(Noun.Verb.LIST)) {
                CommandLine child = new CommandLine(
                        switch (noun.scope()) {
                            case PLATFORM, ORGANIZATION -> new Plain(session, noun);
                            case PROJECT -> new OfProject(session, noun);
                            case COMPONENT ->
                                noun.inEnvironments()
                                        ? new OfComponentInEnvironment(session, noun)
                                        : new OfComponent(session, noun);
                        });
                child.getCommandSpec().usageMessage().description("List " + words(noun.plural()) + ".");
                line.addSubcommand(noun.plural(), child);
            }
        }
        line.addSubcommand("contexts", new CommandLine(new ListContexts(session)));
        return line;
    }

    static String words(String name) {
        return name.replace('-', ' ');
    }

    /** As {@link #words}, with the article in front. */
    static String article(String name) {
        return ("aeiou".indexOf(name.charAt(0)) < 0 ? "a " : "an ") + words(name);
    }

    abstract String owner();

    @Override
    public Integer call() {
        print(session, noun, session.api().list(noun.listPath(owner()) + query(), limit));
        return 0;
    }

    /** Adds to the filters. */
    Map<String, String> moreFilters() {
        return Map.of();
    }

    private String query() {
        List<String> parts = new ArrayList<>();
        filters.forEach((field, value) -> parts.add(Api.encode(field) + "=" + Api.encode(value)));
        moreFilters().forEach((field, value) -> parts.add(Api.encode(field) + "=" + Api.encode(value)));
        if (sort != null) {
            parts.add("sort=" + Api.encode(sort));
        }
        return parts.isEmpty() ? "" : parts.stream().collect(Collectors.joining("&", "?", ""));
    }

    static void print(Session session, Noun noun, JsonNode list) {
        Output output = session.output();
        if (session.json()) {
            output.result(Json.pretty(list));
            return;
        }
        Table table = new Table(noun.columns().stream().map(Column::heading).toArray(String[]::new));
        Instant now = session.clock().instant();
        for (JsonNode row : Json.list(list, "items")) {
            table.row(
                    noun.columns().stream().map(column -> column.text(row, now)).toList());
        }
        if (table.isEmpty()) {
            output.note("No " + words(noun.plural()) + ".");
        } else {
            table.print(output);
        }
    }

    private static final class Plain extends ListCommand {

        private final Session session;
        private final Noun noun;

        Plain(Session session, Noun noun) {
            super(session, noun);
            this.session = session;
            this.noun = noun;
        }

        @Override
        String owner() {
            return noun.scope() == Noun.Scope.PLATFORM ? "" : session.place().organizationPath();
        }
    }

    private static final class OfProject extends ListCommand {

        private final Session session;

        @Parameters(arity = "0..1", paramLabel = "PROJECT", description = "Default: the context's project.")
        private @Nullable String project;

        OfProject(Session session, Noun noun) {
            super(session, noun);
            this.session = session;
        }

        @Override
        String owner() {
            return session.place().projectPath(project);
        }
    }

    private static class OfComponent extends ListCommand {

        private final Session session;

        @Parameters(paramLabel = "COMPONENT", description = "COMPONENT or PROJECT/COMPONENT.")
        private String component = "";

        OfComponent(Session session, Noun noun) {
            super(session, noun);
            this.session = session;
        }

        @Override
        String owner() {
            return session.place().component(component).path();
        }
    }

    private static final class OfComponentInEnvironment extends OfComponent {

        @Option(
                names = {"-e", "--environment"},
                paramLabel = "NAME",
                description = "Only those in this environment.")
        private @Nullable String environment;

        OfComponentInEnvironment(Session session, Noun noun) {
            super(session, noun);
        }

        @Override
        Map<String, String> moreFilters() {
            return environment == null ? Map.of() : Map.of("environment", environment);
        }
    }
}
