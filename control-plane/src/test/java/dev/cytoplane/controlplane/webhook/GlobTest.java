package dev.cytoplane.controlplane.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "main, main, true",
        "main, maine, false",
        "release/*, release/1.0, true",
        "release/*, release/1/0, false",
        "services/api/**, services/api/src/a.js, true",
        "services/api/**, services/apis/a.js, false",
        "**/*.java, src/main/A.java, true",
        "**/*.java, A.java, true",
        "**/a/x, a/a/x, true",
        "v?, v1, true",
        "v?, v10, false",
        "a.b, axb, false",
        "[a], a, false",
        "(, (, true",
    })
    void matchesWholeNames(String pattern, String text, boolean matches) {
        assertThat(Glob.matches(pattern, text)).isEqualTo(matches);
    }
}
