package dev.cytoplane.controlplane.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.controlplane.gitops.FileStep.Memory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileStepTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(nullValues = "-", textBlock = """
            a new cell,                                    v1, -,  -,  -,  -,    keep, WRITE
            as it is wanted,                               v1, v1, v1, -,  -,    keep, NOTHING
            another version,                               v2, v1, v1, -,  -,    keep, WRITE
            pushed and not known to have arrived,          v2, v2, v1, v2, -,    keep, NOTHING
            pushed with an end that nobody saw then more,  v3, v2, v1, v2, -,    keep, WRITE
            the first push never arrived,                  v1, -,  -,  v1, -,    keep, WRITE
            somebody else's change,                        v2, x,  v1, -,  -,    keep, LEAVE
            somebody else's change that is to be healed,   v2, x,  v1, -,  x,    keep, WRITE
            changed again after healing was asked for,     v2, y,  v1, -,  x,    keep, LEAVE
            somebody else's change where all is healed,    v2, x,  v1, -,  -,    heal, WRITE
            removed by somebody else,                      v1, -,  v1, -,  -,    keep, LEAVE
            removed by somebody else and to be healed,     v1, -,  v1, -,  none, keep, WRITE
            a file that was there before,                  v1, x,  -,  -,  -,    keep, LEAVE
            what is wanted was there before,               v1, v1, -,  -,  -,    keep, NOTHING
            the cell is gone,                              -,  v1, v1, -,  -,    keep, REMOVE
            the cell is gone and the file too,             -,  -,  v1, -,  -,    keep, FORGET
            gone with an end that nobody saw,              -,  v1, -,  v1, -,    keep, REMOVE
            gone and back before anybody looked,           v2, -,  -,  v1, -,    keep, WRITE
            gone after somebody else's change,             -,  x,  v1, -,  -,    keep, LEAVE
            gone after somebody else's change and healed,  -,  x,  v1, -,  x,    keep, REMOVE
            """)
    void decides(
            String what,
            @Nullable String wanted,
            @Nullable String found,
            @Nullable String written,
            @Nullable String pushing,
            @Nullable String heal,
            String policy,
            FileStep step) {
        assertThat(FileStep.decide(wanted, found, new Memory(written, pushing, heal), DriftPolicy.of(policy)))
                .as(what)
                .isEqualTo(step);
    }
}
