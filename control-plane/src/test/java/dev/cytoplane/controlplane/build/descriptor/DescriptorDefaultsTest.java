package dev.cytoplane.controlplane.build.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.cytoplane.builder.Product;
import dev.cytoplane.contracts.descriptor.ComponentType;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.contracts.descriptor.Visibility;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DescriptorDefaultsTest {

    private static final Product PROGRAM =
            Product.program(Path.of("/x"), List.of(), List.of("node", "server.js"), Map.of("NODE_ENV", "production"));
    private static final Product FILES = Product.files(Path.of("/x"));

    @Test
    void aServiceWithoutDescriptorHasOnePublicEndpointUnderItsName() {
        Descriptor resolved = DescriptorDefaults.resolve(DescriptorReader.EMPTY, "api", null, PROGRAM);

        assertThat(resolved.type()).isEqualTo(ComponentType.SERVICE);
        assertThat(resolved.endpoints())
                .extracting(Descriptor.Endpoint::name, Descriptor.Endpoint::visibility, Descriptor.Endpoint::path)
                .containsExactly(tuple("http", Visibility.PUBLIC, "/api"));
        assertThat(given(resolved.run()).command()).containsExactly("node", "server.js");
        assertThat(given(resolved.run()).environment()).containsEntry("NODE_ENV", "production");
        assertThat(given(resolved.run()).gracePeriodSeconds()).isEqualTo(10);
        assertThat(given(resolved.scale()).replicas()).isEqualTo(1);
    }

    @Test
    void autoscalingTakesThePlaceOfANumber() {
        Descriptor resolved = DescriptorDefaults.resolve(
                read("scale: {cpu: 250m, autoscaling: {maxInstances: 4}}"), "api", null, PROGRAM);

        assertThat(given(resolved.scale()).replicas()).isNull();
        assertThat(given(resolved.scale()).cpu()).isEqualTo("250m");
        assertThat(given(resolved.scale()).autoscaling()).isEqualTo(new Descriptor.Autoscaling(1, 4, 80, null));
    }

    @Test
    void filesAreAWebApplicationAtTheRoot() {
        Descriptor resolved = DescriptorDefaults.resolve(DescriptorReader.EMPTY, "web", null, FILES);

        assertThat(resolved.type()).isEqualTo(ComponentType.WEB_APPLICATION);
        assertThat(given(resolved.endpoints()).getFirst().path()).isEqualTo("/");
        assertThat(given(resolved.run()).command()).isEmpty();
    }

    @Test
    void theDescriptorsTypeBeatsTheComponentsWhichBeatsTheDetectedOne() {
        Descriptor worker = read("type: worker");

        assertThat(DescriptorDefaults.resolve(worker, "a", ComponentType.SERVICE, PROGRAM)
                        .type())
                .isEqualTo(ComponentType.WORKER);
        Descriptor resolved = DescriptorDefaults.resolve(DescriptorReader.EMPTY, "a", ComponentType.WORKER, PROGRAM);
        assertThat(resolved.type()).isEqualTo(ComponentType.WORKER);
        assertThat(resolved.endpoints()).isEmpty();
    }

    @Test
    void declaredEndpointsAreOfTheProjectOnlyAndNamedInTheirPathFromTheSecondOn() {
        Descriptor resolved = DescriptorDefaults.resolve(
                read("endpoints: [{name: one}, {name: two, basePath: /v2/}]"), "api", null, PROGRAM);

        assertThat(resolved.endpoints())
                .extracting(
                        Descriptor.Endpoint::path,
                        Descriptor.Endpoint::basePath,
                        Descriptor.Endpoint::visibility,
                        Descriptor.Endpoint::port)
                .containsExactly(
                        tuple("/api", "/", Visibility.PROJECT, 8080),
                        tuple("/api/two", "/v2", Visibility.PROJECT, 8080));
    }

    @Test
    void aConnectionsVariableIsNamedAfterIt() {
        Descriptor resolved = DescriptorDefaults.resolve(
                read("connections: [{name: order-book, endpoint: orders/http}]"), "api", null, PROGRAM);

        assertThat(given(resolved.connections()).getFirst().variable()).isEqualTo("ORDER_BOOK_URL");
    }

    @Test
    void refusesAWorkerThatOffersSomethingOrHasNoProgram() {
        assertThatThrownBy(() ->
                        DescriptorDefaults.resolve(read("endpoints: [{name: a}]"), "a", ComponentType.WORKER, PROGRAM))
                .isInstanceOf(DescriptorException.class);
        assertThatThrownBy(() -> DescriptorDefaults.resolve(read("type: worker"), "a", null, FILES))
                .isInstanceOf(DescriptorException.class);
    }

    private static Descriptor read(String line) {
        return DescriptorReader.read("apiVersion: cytoplane.dev/v1alpha1\nkind: Component\n" + line + "\n");
    }

    /** What has to be there. */
    private static <T> T given(@Nullable T part) {
        return Objects.requireNonNull(part);
    }
}
