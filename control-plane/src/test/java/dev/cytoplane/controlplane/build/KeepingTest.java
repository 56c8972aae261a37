package dev.cytoplane.controlplane.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.controlplane.build.Keeping.Item;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeepingTest {

    /** Each is a name, the hour of its last use, and its bytes. */
    private static final List<Item> ITEMS = Stream.of("a 3 40", "b 1 10", "c 4 30", "d 2 20")
            .map(text -> text.split(" ", -1))
            .map(it -> new Item(Path.of(it[0]), Long.parseLong(it[2]), hour(Integer.parseInt(it[1]))))
            .toList();

    @ParameterizedTest(name = "{0} bytes, since hour {1}: {2} go")
    @CsvSource({
        "100, 0, ''", // All fit.
        "99, 0, b",
        "89, 0, 'd b'",
        "70, 0, 'd b'",
        "69, 0, 'a d b'", // What is older than one that does not fit goes too, however small it is.
        "0, 0, 'c a d b'",
        "100, 3, 'd b'",
        "40, 2, 'a d b'",
        "100, 9, 'c a d b'"
    })
    void keepsWhatWasUsedLastAsFarAsItFits(long limit, int oldest, String leaving) {
        assertThat(Keeping.leaving(ITEMS, limit, hour(oldest)).stream()
                        .map(item -> item.path().toString()))
                .containsExactlyElementsOf(leaving.isEmpty() ? List.of() : List.of(leaving.split(" ", -1)));
    }

    private static Instant hour(int hour) {
        return Instant.EPOCH.plusSeconds(hour * 3600L);
    }
}
