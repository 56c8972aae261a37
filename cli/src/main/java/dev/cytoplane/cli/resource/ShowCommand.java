package dev.cytoplane.cli.resource;

import dev.cytoplane.cli.Session;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** {@code cyto show component shop/api} and the like. */
@Command
final class ShowCommand implements Callable<Integer> {

    private final Session session;
    private final Noun noun;

    @Parameters(arity = "1..2", paramLabel = "NAME", description = "Which one.")
    private List<String> words = List.of();

    private ShowCommand(Session session, Noun noun) {
        this.session = session;
        this.noun = noun;
    }

    static CommandLine create(Session session, Predicate<Noun> nouns) {
        CommandSpec spec = CommandSpec.create().name("show");
        spec.usageMessage().description("Show one thing with all its fields.");
        CommandLine line = new CommandLine(spec);
        for (Noun noun : Noun.ALL) {
            if (nouns.test(noun) && noun.verbs().contains(Noun.Verb.SHOW)) {
                CommandLine child = new CommandLine(new ShowCommand(session, noun));
                child.getCommandSpec()
                        .usageMessage()
                        .description("Show " + ListCommand.article(noun.name()) + ": "
                                + new Target(noun, List.of()).usage() + ".");
                line.addSubcommand(noun.name(), child);
            }
        }
        return line;
    }

    @Override
    public Integer call() {
        Details.print(session, session.api().get(new Target(noun, words).path(session.place())));
        return 0;
    }
}
