package dev.cytoplane.controlplane.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.swagger.v3.core.util.Json;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class SchemaNamesTest {

    private interface Cells {
        record Difference(String after) {}
    }

    private interface Repositories {
        record Difference(String path) {}
    }

    private final SchemaNames names = new SchemaNames();

    @Test
    void refusesTwoTypesOfOneName() {
        assertThat(name(Cells.Difference.class)).isEqualTo("Difference");
        assertThat(name(Cells.Difference.class)).isEqualTo("Difference");

        assertThatIllegalStateException()
                .isThrownBy(() -> name(Repositories.Difference.class))
                .withMessageContaining("Two schemas would be called Difference");
    }

    private String name(Class<?> type) {
        return names.nameForType(Json.mapper().constructType(type), EnumSet.noneOf(SchemaNames.Options.class));
    }
}
