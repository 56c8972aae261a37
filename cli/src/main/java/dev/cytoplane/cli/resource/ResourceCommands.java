package dev.cytoplane.cli.resource;

import dev.cytoplane.cli.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** {@code list}, {@code show} and {@code delete}. */
public final class ResourceCommands {

    private ResourceCommands() {}

    /** @param words what follows the command's name; when it names a noun, only that noun's command is made */
    public static Map<String, Supplier<Object>> all(Session session, List<String> words) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("list", () -> ListCommand.create(session, only(words, Noun::plural)));
        commands.put("show", () -> ShowCommand.create(session, only(words, Noun::name)));
        commands.put("delete", () -> DeleteCommand.create(session, only(words, Noun::name)));
        return commands;
    }

    private static Predicate<Noun> only(List<String> words, java.util.function.Function<Noun, String> name) {
        String word = words.isEmpty() ? "" : words.getFirst();
        boolean known = Noun.ALL.stream().anyMatch(noun -> name.apply(noun).equals(word));
        return known ? noun -> name.apply(noun).equals(word) : noun -> true;
    }
}
