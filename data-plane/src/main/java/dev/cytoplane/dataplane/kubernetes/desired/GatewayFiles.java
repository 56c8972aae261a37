package dev.cytoplane.dataplane.kubernetes.desired;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.gateway.GatewayConfiguration;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.dataplane.gateway.Allocation;
import dev.cytoplane.dataplane.gateway.Derivation;
import dev.cytoplane.dataplane.gateway.Offer;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the cell's gateway reads, as one Secret: it is replaced whole, so a certificate and the configuration that names it
 * always belong together. A Secret, since the configuration holds the keys of connections.
 */
public final class GatewayFiles {

    public static final String CONFIGURATION = "configuration.json";
    public static final String CERTIFICATE = "cell.pem";
    public static final String KEY = "cell.key";
    static final String TRUST_BUNDLE = "trust-bundle.pem";
    private static final double SAMPLED_SHARE = 1.0;

    private GatewayFiles() {}

    /** Also the cell's part of its environment's gateway, where that is to serve it: nothing in it depends on which one does. */
    static Secret secret(Cell cell, Given given, ClusterSettings settings) {
        Map<String, String> data = new TreeMap<>();
        data.put(CONFIGURATION, encode(ContractJson.canonical(configuration(cell, given, settings))));
        data.put(CERTIFICATE, encode(given.certificate().chain().getBytes(StandardCharsets.US_ASCII)));
        data.put(KEY, encode(given.certificate().key().getBytes(StandardCharsets.US_ASCII)));
        data.put(TRUST_BUNDLE, encode(given.trustBundle().getBytes(StandardCharsets.US_ASCII)));
        ObjectMetaBuilder meta = new ObjectMetaBuilder(Labels.meta(Names.GATEWAY_CONFIGURATION, cell.metadata()));
        if (given.gates().shared()) {
            meta.addToLabels(Labels.PART, "true");
        }
        return new SecretBuilder()
                .withMetadata(meta.build())
                .withType("Opaque")
                .withData(data)
                .build();
    }

    /** The keys of the connections, kept beside it: they must outlive every process of the platform. */
    static Secret keys(Cell cell, Given given) {
        Map<String, String> data = new TreeMap<>();
        given.connectionKeys().forEach((name, key) -> data.put(name, encode(key.getBytes(StandardCharsets.US_ASCII))));
        return new SecretBuilder()
                .withMetadata(Labels.meta(Names.CONNECTION_KEYS, cell.metadata()))
                .withType("Opaque")
                .withData(data)
                .build();
    }

    /** A new generation only when something else is new. */
    public static GatewayConfiguration configuration(Cell cell, Given given, ClusterSettings settings) {
        GatewayConfiguration before = given.configuration();
        long generation = before == null ? 1 : before.generation();
        GatewayConfiguration same = derive(generation, cell, given, settings);
        return before == null || same.equals(before) ? same : derive(generation + 1, cell, given, settings);
    }

    private static GatewayConfiguration derive(long generation, Cell cell, Given given, ClusterSettings settings) {
        GatewayConfiguration bare = frame(settings);
        Derivation.Frame frame =
                new Derivation.Frame(bare.entry(), bare.trustBundleFile(), bare.telemetry(), settings.publicDomain());
        Map<String, String> keys = new TreeMap<>();
        given.connectionKeys().forEach((name, key) -> keys.put(name.replace('.', '/'), key));
        Cell addressed = addressed(cell, settings);
        return Derivation.derive(
                generation,
                frame,
                List.of(new Derivation.Input(
                        new Offer(addressed, serving(addressed, settings)),
                        new Allocation(Ports.WESTBOUND, Ports.OUTBOUND, keys),
                        CERTIFICATE,
                        KEY)));
    }

    /** What does not depend on cells. */
    static GatewayConfiguration frame(ClusterSettings settings) {
        String telemetry = settings.telemetryEndpoint();
        return new GatewayConfiguration(
                0,
                new GatewayConfiguration.Entry("0.0.0.0", Ports.HTTP, Ports.HTTPS),
                TRUST_BUNDLE,
                telemetry == null ? null : new GatewayConfiguration.Telemetry(telemetry, SAMPLED_SHARE),
                List.of());
    }

    /** Calls go to Services: which pods are ready, the cluster knows best. */
    private static Map<String, Offer.Serving> serving(Cell cell, ClusterSettings settings) {
        String namespace = Names.namespace(cell.metadata().name());
        return cell.spec().components().stream()
                .filter(component -> !component.endpoints().isEmpty())
                .collect(Collectors.toMap(Cell.Component::name, component -> {
                    String host = Names.host(component.name(), namespace, settings.clusterDomain());
                    Map<String, String> addresses = component.endpoints().stream()
                            .collect(Collectors.toMap(Cell.Endpoint::name, endpoint -> host + ":" + endpoint.port()));
                    return new Offer.Serving(component, List.of(new Offer.Target(component.name(), addresses)));
                }));
    }

    /** A cell without an address elsewhere is in this cluster, where its address follows from its name. */
    private static Cell addressed(Cell cell, ClusterSettings settings) {
        UnaryOperator<Cell.@Nullable OtherCell> address = other -> other == null || other.address() != null
                ? other
                : new Cell.OtherCell(
                        other.cell(),
                        other.identity(),
                        other.component(),
                        other.endpoint(),
                        other.path(),
                        GatewayAddress.inside(other.cell(), settings));
        List<Cell.Component> components = cell.spec().components().stream()
                .map(component -> with(
                        component,
                        component.connections().stream()
                                .map(connection -> new Cell.Connection(
                                        connection.name(),
                                        connection.variable(),
                                        connection.sameCell(),
                                        address.apply(connection.otherCell()),
                                        connection.external()))
                                .toList()))
                .toList();
        Cell.Spec spec = cell.spec();
        return new Cell(
                cell.apiVersion(),
                cell.kind(),
                cell.metadata(),
                new Cell.Spec(spec.identity(), spec.host(), spec.tokenIssuer(), components));
    }

    private static Cell.Component with(Cell.Component component, List<Cell.Connection> connections) {
        return new Cell.Component(
                component.name(),
                component.type(),
                component.release(),
                component.artifact(),
                component.command(),
                component.environment(),
                component.secrets(),
                component.endpoints(),
                connections,
                component.probes(),
                component.replicas(),
                component.memoryBytes(),
                component.cpuMillis(),
                component.gracePeriodSeconds(),
                component.restart(),
                component.task(),
                component.autoscaling());
    }

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
