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

    /** For each binding: G gives, L limits, o is outweighed, e is elsewhere; in the organization, and in the project. */
    @ParameterizedTest
    @CsvSource({
        "+viewer +admin,              oG,  oG",
        "+viewer +developer@p,        Ge,  oG",
        "+owner -admin,               GL,  GL",
        "+owner -developer@p,         Ge,  GL",
        "+viewer -owner,              Go,  Go",
        "+owner -admin -developer@p,  GLe, GoL",
        "+admin@other,                e,   e",
    })
    void eachBindingIsSaidToDoWhatItDoes(String bindings, String inOrganization, String inProject) {
        var grants = new Grants(
                Arrays.stream(bindings.split(" ")).map(GrantsTest::binding).toList());

        assertThat(bearings(grants, null)).isEqualTo(inOrganization);
        assertThat(bearings(grants, PROJECT)).isEqualTo(inProject);
    }

    private static String bearings(Grants grants, @org.jspecify.annotations.Nullable UUID project) {
        return grants.bindings().stream()
                .map(it -> switch (grants.bearing(it, project)) {
                    case GIVES -> "G";
                    case LIMITS -> "L";
                    case OUTWEIGHED -> "o";
                    case ELSEWHERE -> "e";
                })
                .collect(java.util.stream.Collectors.joining());
    }

    private static Grants.Binding binding(String text) {
        String[] parts = text.substring(1).split("@");
        UUID project = parts.length == 1 ? null : parts[1].equals("p") ? PROJECT : new UUID(0, 1);
        return new Grants.Binding(project, Role.of(parts[0]), text.startsWith("-"));
    }
}
