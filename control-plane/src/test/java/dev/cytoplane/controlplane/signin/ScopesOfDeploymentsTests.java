package dev.cytoplane.controlplane.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.descriptor.Authentication;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.api.Client;
import dev.cytoplane.controlplane.api.ControlPlaneTest;
import dev.cytoplane.controlplane.api.TestIssuer;
import dev.cytoplane.controlplane.deployment.Shop;
import dev.cytoplane.controlplane.release.Releases;
import dev.cytoplane.controlplane.tenancy.PlatformWork;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Which scopes clients must be able to ask for, read from what is deployed. What follows in Keycloak is tested there. */
@ControlPlaneTest
class ScopesOfDeploymentsTests {

    @LocalServerPort
    int port;

    @Autowired
    ScopesOfDeployments scopes;

    @Autowired
    Releases releases;

    @Autowired
    Tenancy tenancy;

    @Autowired
    PlatformWork platform;

    @Test
    void areThoseOfEveryEndpointAndOperationThatIsDeployed() {
        Client owner = Client.of(port, "sam");
        String mark = UUID.randomUUID().toString().substring(0, 8);
        owner.withToken(TestIssuer.SHARED.platformAdmin("root"))
                .post("/api/v1/data-planes", "{\"name\": \"dp-%s\"}".formatted(mark));
        Shop shop = new Shop(owner, "dp-" + mark, releases, tenancy);
        ComponentScope api = shop.component("store", "api");
        String guarded = release(shop, api, "one", mark + ":read", mark + ":write");
        String unused = release(shop, api, "two", mark + ":never", null);
        assertThat(unused).isNotEqualTo(guarded);
        assertThat(deployed()).noneMatch(scope -> scope.startsWith(mark));

        owner.post(
                shop.path(api, "/deployments"), "{\"environment\": \"dev\", \"release\": \"%s\"}".formatted(guarded));

        assertThat(deployed()).contains(mark + ":read", mark + ":write").doesNotContain(mark + ":never");
        scopes.reconcile();

        owner.post(shop.path(api, "/undeployments"), "{\"environment\": \"dev\"}");
        assertThat(deployed()).noneMatch(scope -> scope.startsWith(mark));
    }

    private Set<String> deployed() {
        return platform.call(scopes::deployed);
    }

    private static String release(
            Shop shop, ComponentScope component, String mark, String scope, @Nullable String ofOperation) {
        Descriptor.Security security = new Descriptor.Security(
                Authentication.REQUIRED,
                List.of(scope),
                ofOperation == null
                        ? null
                        : List.of(new Descriptor.Operation(List.of("POST"), "/orders", null, List.of(ofOperation))));
        return shop.release(
                        component,
                        mark,
                        d -> new Descriptor(
                                d.apiVersion(),
                                d.kind(),
                                null,
                                null,
                                d.run(),
                                List.of(new Descriptor.Endpoint(
                                        "http", null, null, null, Visibility.PUBLIC, null, null, security)),
                                null,
                                null,
                                null,
                                null,
                                null))
                .id();
    }
}
