package dev.cytoplane.builder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    @Test
    void splitsAtWhiteSpaceAndKeepsWhatIsQuotedTogether() {
        assertThat(CommandLine.parse("  node  server.js --title 'Corner  Shop' \"\" a\"b c\"d "))
                .contains(List.of("node", "server.js", "--title", "Corner  Shop", "", "ab cd"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "node server.js --port $PORT",
                "a | b",
                "a && b",
                "a; b",
                "a > b",
                "ls *.js",
                "$(id)",
                "`id`",
                "'open",
                "\"open",
                "PORT=1 node x",
                "a \\ b",
                "\"$HOME\"",
                "a\nb",
                "~/x",
                "{a,b}"
            })
    void leavesWhatNeedsAShellAlone(String text) {
        assertThat(CommandLine.parse(text)).isEmpty();
    }
}
