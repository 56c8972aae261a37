package dev.cytoplane.gateway.snapshot;

import static dev.cytoplane.contracts.descriptor.Authentication.NONE;
import static dev.cytoplane.contracts.descriptor.Authentication.REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cytoplane.contracts.descriptor.Descriptor.Operation;
import dev.cytoplane.contracts.descriptor.Descriptor.Security;
import dev.cytoplane.gateway.snapshot.SecurityRules.Requirement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecurityRulesTest {
    private static final Requirement OPEN = new Requirement(false, Set.of());

    private static Requirement token(String... scopes) {
        return new Requirement(true, Set.of(scopes));
    }

    @Test
    void silenceMeansOpen() throws InvalidConfiguration {
        assertThat(SecurityRules.of(null).requirement("GET", List.of())).isEqualTo(OPEN);
        assertThat(SecurityRules.of(new Security(null, null, null)).requirement("GET", List.of("a")))
                .isEqualTo(OPEN);
    }

    @Test
    void scopesNeedATokenEvenWhereNothingElseIsSaid() throws InvalidConfiguration {
        assertThat(SecurityRules.of(new Security(null, List.of("a"), null)).requirement("GET", List.of()))
                .isEqualTo(token("a"));
        assertThat(SecurityRules.of(new Security(NONE, List.of("a"), null)).requirement("GET", List.of()))
                .isEqualTo(token("a"));
    }

    @Test
    void anOperationsScopesAddToThoseOfTheEndpoint() throws InvalidConfiguration {
        SecurityRules rules = SecurityRules.of(new Security(
                REQUIRED, List.of("a"), List.of(new Operation(List.of("post"), "/x/**", null, List.of("b")))));

        assertThat(rules.requirement("POST", List.of("x", "y"))).isEqualTo(token("a", "b"));
        assertThat(rules.requirement("POST", List.of("x"))).isEqualTo(token("a", "b"));
        assertThat(rules.requirement("GET", List.of("x", "y"))).isEqualTo(token("a"));
        assertThat(rules.requirement("POST", List.of("xy"))).isEqualTo(token("a"));
    }

    @Test
    void anOperationMayOpenOrClosePartOfAnEndpoint() throws InvalidConfiguration {
        SecurityRules opened = SecurityRules.of(
                new Security(REQUIRED, List.of("a"), List.of(new Operation(List.of("GET"), "/open", NONE, null))));
        SecurityRules closed =
                SecurityRules.of(new Security(NONE, null, List.of(new Operation(null, "/closed/**", REQUIRED, null))));

        assertThat(opened.requirement("GET", List.of("open"))).isEqualTo(OPEN);
        assertThat(opened.requirement("HEAD", List.of("open"))).isEqualTo(OPEN);
        assertThat(opened.requirement("GET", List.of("open", "deeper"))).isEqualTo(token("a"));
        assertThat(closed.requirement("DELETE", List.of("closed"))).isEqualTo(token());
        assertThat(closed.requirement("DELETE", List.of())).isEqualTo(OPEN);
    }

    @Test
    void aRuleForGetCoversHead() throws InvalidConfiguration {
        SecurityRules rules = SecurityRules.of(
                new Security(NONE, null, List.of(new Operation(List.of("GET"), "/secret", null, List.of("s")))));

        assertThat(rules.requirement("HEAD", List.of("secret"))).isEqualTo(token("s"));
    }

    @Test
    void aPathThatCannotMatchIsRefused() {
        assertThatThrownBy(() -> SecurityRules.of(
                        new Security(NONE, null, List.of(new Operation(null, "/a/../b", REQUIRED, null)))))
                .isInstanceOf(InvalidConfiguration.class);
    }
}
