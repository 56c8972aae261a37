package dev.cytoplane.dataplane.kubernetes.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Keeps the definition true to the contract. After a change: {@code ./mvnw -pl data-plane test -Dreference.write=true}. */
class CellDefinitionTest {

    @Test
    void theDefinitionIsTheOneOfTheContract() throws IOException {
        String yaml = CellDefinition.yaml();
        if (Boolean.getBoolean("reference.write")) {
            Files.writeString(CellDefinition.FILE, yaml);
        }
        assertThat(CellDefinition.FILE)
                .as("%s; write it anew with ./mvnw -pl data-plane test -Dreference.write=true", CellDefinition.FILE)
                .content()
                .isEqualTo(yaml);
    }
}
