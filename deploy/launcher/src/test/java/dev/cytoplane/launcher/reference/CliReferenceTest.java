package dev.cytoplane.launcher.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.cli.CommandLines;
import dev.cytoplane.cli.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** After a change of a command: {@code ./mvnw -pl deploy/launcher -am test -Dtest=CliReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -Dreference.write=true}. */
class CliReferenceTest {

    private static final Path PAGE = Path.of("../../docs/reference/cli.md");

    @Test
    void thePublishedPageIsTheOneOfTheCommands() throws IOException {
        String content = CliReferencePage.of(CommandLines.create(Session.ofProcess()));
        if (Boolean.getBoolean("reference.write")) {
            Files.writeString(PAGE, content);
        }
        assertThat(PAGE).content().isEqualTo(content);
    }
}
