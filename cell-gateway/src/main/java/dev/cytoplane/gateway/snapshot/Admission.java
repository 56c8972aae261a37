package dev.cytoplane.gateway.snapshot;

import dev.cytoplane.contracts.gateway.GatewayConfiguration.TokenIssuer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may use a route. */
public sealed interface Admission {

    /** Everyone, as far as the endpoint's security rules go; tokens count when {@code issuer} issued them. */
    record Anyone(SecurityRules rules, @Nullable TokenIssuer issuer) implements Admission {}

    /** The cells with these SPIFFE ids. */
    record Callers(Set<String> identities) implements Admission {}

    /** The component that holds the connection's key. Knowing the key is the proof. */
    record Holder(String component, String connection) implements Admission {}
}
