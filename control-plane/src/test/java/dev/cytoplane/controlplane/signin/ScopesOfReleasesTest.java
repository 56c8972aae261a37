package dev.cytoplane.controlplane.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.contracts.json.ContractJson;
import org.junit.jupiter.api.Test;

class ScopesOfReleasesTest {

    @Test
    void collectsTheScopesOfEndpointsAndTheirOperations() {
        Descriptor descriptor = ContractJson.MAPPER.readValue("""
                {"apiVersion": "cytoplane.dev/v1alpha1", "kind": "Component", "endpoints": [
                  {"name": "http", "security": {"authentication": "required", "scopes": ["orders:read"],
                    "operations": [{"path": "/orders", "methods": ["POST"], "scopes": ["orders:write"]}]}},
                  {"name": "open"}]}""", Descriptor.class);

        assertThat(ScopesOfReleases.named(descriptor)).containsExactly("orders:read", "orders:write");
    }

    @Test
    void aDescriptorWithoutEndpointsNamesNone() {
        Descriptor descriptor = ContractJson.MAPPER.readValue(
                "{\"apiVersion\": \"cytoplane.dev/v1alpha1\", \"kind\": \"Component\"}", Descriptor.class);

        assertThat(ScopesOfReleases.named(descriptor)).isEmpty();
    }
}
