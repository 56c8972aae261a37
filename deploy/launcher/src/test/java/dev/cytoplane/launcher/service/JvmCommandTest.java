package dev.cytoplane.launcher.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cytoplane.launcher.service.JvmCommand.Code;
import org.junit.jupiter.api.Test;

class JvmCommandTest {

    @Test
    void aCompilerIsNamedAsTheJvmNamesIt() {
        assertThat(Code.of("CYTOPLANE_GATEWAY_JIT", "c1")).isEqualTo(Code.PLAIN);
        assertThat(Code.of("CYTOPLANE_GATEWAY_JIT", "c2")).isEqualTo(Code.OPTIMIZED);
        assertThatThrownBy(() -> Code.of("CYTOPLANE_GATEWAY_JIT", "fast"))
                .hasMessage("CYTOPLANE_GATEWAY_JIT is c1 or c2, not \"fast\"");
    }
}
