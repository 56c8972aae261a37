package dev.cytoplane.cli.resource;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.output.Confirmation;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cyto delete component shop/api} and the like. */
@Command
final class DeleteCommand implements Callable<Integer> {

    private final Session session;
    private final Noun noun;

    @Parameters(arity = "1..2", paramLabel = "NAME", description = "Which one.")
    private List<String> words = List.of();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    private DeleteCommand(Session session, Noun noun) {
        this.session = session;
        this.noun = noun;
    }

    static CommandLine create(Session session, Predicate<Noun> nouns) {
        CommandSpec spec = CommandSpec.create().name("delete");
        spec.usageMessage().description("Delete something. Asks for its name first, unless --yes.");
        CommandLine line = new CommandLine(spec);
        for (Noun noun : Noun.ALL) {
            if (nouns.test(noun) && noun.verbs().contains(Noun.Verb.DELETE)) {
                CommandLine child = new CommandLine(new DeleteCommand(session, noun));
                child.getCommandSpec()
                        .usageMessage()
                        .description("Delete " + ListCommand.article(noun.name()) + ": "
                                + new Target(noun, List.of()).usage() + ".");
                line.addSubcommand(noun.name(), child);
            }
        }
        return line;
    }

    @Override
    public Integer call() {
        Target target = new Target(noun, words);
        String path = target.path(session.place());
        String what = ListCommand.words(noun.name()) + " " + String.join("/", words);
        if (!yes) {
            Confirmation.require(session, "This deletes the " + what + " with all that is in it.", target.name());
        }
        session.api().delete(path);
        session.output().note("Deleted the " + what + ".");
        return 0;
    }
}
