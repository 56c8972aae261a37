package dev.cytoplane.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The words of a command line that are not options: what they begin with is which command is meant. */
final class Words {

    private static final Set<String> WITH_VALUE = Set.of("--home", "--context", "--organization", "-o", "--output");

    private Words() {}

    /** The words up to the first option that is not one of the root's. */
    static List<String> of(String... arguments) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (WITH_VALUE.contains(argument)) {
                i++;
            } else if (!argument.startsWith("-")) {
                words.add(argument);
            }
        }
        return words;
    }
}
