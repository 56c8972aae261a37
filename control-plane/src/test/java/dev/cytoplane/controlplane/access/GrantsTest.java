package dev.cytoplane.controlplane.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of roles, as a table. Bindings are written as +role or -role, with @p for those of the project only. */
class GrantsTest {

    private static final UUID PROJECT = UUID.randomUUID();

    @ParameterizedTest
    @CsvSource({
        "'',                              ,          ,          false",
        "+viewer,                         VIEWER,    VIEWER,    true",
        "+viewer +admin,                  ADMIN,     ADMIN,     true",
        "+viewer +developer@p,            VIEWER,    DEVELOPER, true",
        "+developer@p,                    ,          DEVELOPER, true",
        "+owner -admin,                   DEVELOPER, DEVELOPER, true",
        "+owner -developer@p,             OWNER,     VIEWER,    true",
        "+owner -viewer@p,                OWNER,     ,          true",
        "+owner +admin@p -viewer,         ,          ,          false",
        "-viewer +owner,                  ,          ,          false",
        "+developer@p -viewer@p,          ,          ,          false",
        "-owner,                          ,          ,          false",
        "+viewer -owner,                  VIEWER,    VIEWER,    true",
        "+admin@other,                    ,          ,          true",
    })
    void aDenyIsACeilingWhateverIsAllowed(
            String bindings,
            @org.jspecify.annotations.Nullable Role inOrganization,
            @org.jspecify.annotations.Nullable Role inProject,
            boolean member) {
        var grants = new Grants(
                bindings.isBlank()
                        ? List.of()
                        : Arrays.stream(bindings.split(" "))
                                .map(GrantsTest::binding)
                                .toList());

        assertThat(grants.inOrganization().orElse(null)).isEqualTo(inOrganization);
        assertThat(grants.inProject(PROJECT).orElse(null)).isEqualTo(inProject);
        assertThat(grants.isMember()).isEqualTo(member);
    }

    private static Grants.Binding binding(String text) {
        String[] parts = text.substring(1).split("@");
        UUID project = parts.length == 1 ? null : parts[1].equals("p") ? PROJECT : new UUID(0, 1);
        return new Grants.Binding(project, Role.of(parts[0]), text.startsWith("-"));
    }
}
