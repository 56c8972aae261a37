package dev.cytoplane.builder.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkTargetTest {

    @ParameterizedTest
    @CsvSource({
        "a, b, true",
        "a/b, ../c, true",
        "a/b/c, ../../x/y, true",
        "a/b, ./c, true",
        "node_modules/.bin/x, ../x/bin.js, true",
        "a, ../b, false",
        "a/b, ../../c, false",
        "a, /etc/passwd, false",
        "a, '', false",
        // Where `c` is itself a link, going up from it would start elsewhere.
        "a/b, c/../d, false",
    })
    void staysInsideOnlyBySteppingUpFirst(String link, String target, boolean inside) {
        assertThat(LinkTarget.staysInside(link, target)).isEqualTo(inside);
    }
}
