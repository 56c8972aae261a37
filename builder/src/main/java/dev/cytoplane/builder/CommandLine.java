package dev.cytoplane.builder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits a command written as text into program and arguments, without a shell: white space separates, single and
 * double quotes group. What would need a shell (variables, pipes, patterns, several commands) is not understood.
 */
public final class CommandLine {

    private static final String SHELL = "$`|&;<>(){}*?[]~#!\\\n";

    private CommandLine() {}

    /** Program and arguments; empty when the text is blank, needs a shell or has an open quote. */
    public static Optional<List<String>> parse(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (char c : text.strip().toCharArray()) {
            if (quote == '\'' ? c == '\n' : SHELL.indexOf(c) >= 0) {
                return Optional.empty();
            }
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quote != 0) {
            return Optional.empty();
        }
        if (inWord) {
            words.add(word.toString());
        }
        // NAME=value in front of a program is shell syntax too.
        return words.isEmpty() || words.getFirst().contains("=") ? Optional.empty() : Optional.of(List.copyOf(words));
    }
}
