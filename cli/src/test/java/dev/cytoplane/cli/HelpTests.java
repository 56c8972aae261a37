package dev.cytoplane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelpTests {

    /** To accept a change: run the tests with {@code CYTOPLANE_HELP_UPDATE=true}, and look at what git shows. */
    private static final Path GOLDEN = Path.of("src/test/resources/help/root.txt");

    @TempDir
    private Path home;

    @Test
    void ofTheRootIsGroupedAndAsItWasReviewed() throws IOException {
        String help = Run.in(home).cyto("--help").out();

        if ("true".equals(System.getenv("CYTOPLANE_HELP_UPDATE"))) {
            Files.writeString(GOLDEN, help);
        }
        assertThat(help).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void isShownWhenNothingIsAsked() {
        assertThat(Run.in(home).cyto().out())
                .isEqualTo(Run.in(home).cyto("--help").out());
    }

    @Test
    void describesEveryCommandAndOption() {
        var nowhere = new java.io.PrintStream(java.io.OutputStream.nullOutputStream());
        describes(CommandLines.create(Run.in(home).session(nowhere, nowhere)));
    }

    private static void describes(picocli.CommandLine line) {
        var spec = line.getCommandSpec();
        assertThat(spec.usageMessage().description()).as(spec.qualifiedName()).isNotEmpty();
        spec.args()
                .forEach(argument -> assertThat(argument.description())
                        .as(spec.qualifiedName() + " " + argument.paramLabel())
                        .isNotEmpty());
        line.getSubcommands().values().forEach(HelpTests::describes);
    }
}
