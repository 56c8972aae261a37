package dev.cytoplane.dataplane.kubernetes.desired;

import dev.cytoplane.contracts.gateway.GatewayConfiguration;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.CellGateway;
import dev.cytoplane.contracts.json.ContractJson;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/**
 * The objects of the gateway that the cells of an environment share: a pure function of their parts. What lets a cell's calls
 * through is not among them; each cell adds that for itself.
 */
public final class SharedGateway {

    private static final String PLACES = "places.json";

    private SharedGateway() {}

    /** As it stands in the Secret. */
    record Places(Map<String, Place> cells) {
        Places {
            cells = Map.copyOf(cells);
        }
    }

    /**
     * @param parts the Secrets that cells have left for it
     * @param before its own Secret as it is
     */
    public static Desired of(
            Environment environment,
            List<Secret> parts,
            Optional<Secret> before,
            String trustBundle,
            ClusterSettings settings) {
        GatewayHome home = GatewayHome.of(environment);
        SharedConfiguration shared = SharedConfiguration.of(
                parts.stream().flatMap(part -> part(part).stream()).toList(),
                GatewayFiles.frame(settings),
                before.flatMap(SharedGateway::configuration).orElse(null),
                before.map(SharedGateway::places).orElse(Map.of()),
                settings);
        List<HasMetadata> first = new ArrayList<>();
        first.add(Rules.policy(home.meta("default-deny"), Map.of(), List.of(), List.of()));
        first.add(Rules.policy(home.meta("names"), Map.of(), List.of(), List.of(Rules.names(settings))));
        first.add(Rules.policy(home.meta("gateway"), Labels.gateway(), asked(settings), List.of()));
        int pods = 2 * settings.gatewayReplicas() + 1;
        first.add(DesiredObjects.quota(home.meta("gateway"), pods, pods * GatewayWorkload.SHARED_MEMORY, settings));
        first.add(new ServiceAccountBuilder()
                .withMetadata(home.meta(Names.GATEWAY))
                .withAutomountServiceAccountToken(false)
                .build());
        PullSecret.of(home, settings).ifPresent(first::add);
        List<HasMetadata> gateway = new ArrayList<>();
        gateway.add(secret(home, shared, parts, trustBundle));
        String hosts = shared.configuration().cells().stream()
                .filter(cell -> !cell.publicRoutes().isEmpty())
                .map(CellGateway::host)
                .sorted()
                .collect(Collectors.joining(","));
        if (settings.frontDoor().hasService() && !hosts.isEmpty()) {
            gateway.add(GatewayServices.frontDoor(home.meta(Names.FRONT_DOOR), settings.frontDoor(), hosts));
        }
        GatewayWorkload.budget(home, settings).ifPresent(gateway::add);
        gateway.add(GatewayWorkload.deployment(home, settings));
        SequencedMap<String, List<HasMetadata>> all = new LinkedHashMap<>();
        all.put(Names.GATEWAY, gateway);
        return new Desired(first, all);
    }

    private static List<NetworkPolicyIngressRule> asked(ClusterSettings settings) {
        ClusterSettings.Pods dataPlane = settings.dataPlane();
        return dataPlane == null
                ? List.of()
                : List.of(Rules.in(List.of(Rules.pods(dataPlane)), Rules.tcp(Ports.MANAGEMENT)));
    }

    private static Secret secret(GatewayHome home, SharedConfiguration shared, List<Secret> parts, String trustBundle) {
        Map<String, String> data = new TreeMap<>();
        data.put(GatewayFiles.CONFIGURATION, encode(ContractJson.canonical(shared.configuration())));
        data.put(PLACES, encode(ContractJson.canonical(new Places(shared.places()))));
        data.put(GatewayFiles.TRUST_BUNDLE, encode(trustBundle.getBytes(StandardCharsets.US_ASCII)));
        for (Secret part : parts) {
            Labels.cell(part).filter(cell -> has(shared, cell)).ifPresent(cell -> {
                data.put(SharedConfiguration.certificateFile(cell), file(part, GatewayFiles.CERTIFICATE));
                data.put(SharedConfiguration.keyFile(cell), file(part, GatewayFiles.KEY));
            });
        }
        return new SecretBuilder()
                .withMetadata(home.meta(Names.GATEWAY_CONFIGURATION))
                .withType("Opaque")
                .withData(data)
                .build();
    }

    private static boolean has(SharedConfiguration shared, String cell) {
        return shared.configuration().cells().stream()
                .anyMatch(served -> served.cell().equals(cell));
    }

    /** Empty when it is not what its cell's reconcile writes. */
    private static Optional<SharedConfiguration.Part> part(Secret secret) {
        return configuration(secret)
                .filter(configuration -> configuration.cells().size() == 1)
                .map(configuration -> configuration.cells().getFirst())
                .filter(gateway ->
                        Labels.cell(secret).filter(gateway.cell()::equals).isPresent())
                .map(gateway -> new SharedConfiguration.Part(gateway, address(secret), size(secret)));
    }

    /** The content address of a part: of its configuration, since a certificate may be renewed at any time. */
    public static String address(Secret part) {
        return ContractJson.contentHash(file(part, GatewayFiles.CONFIGURATION));
    }

    private static long size(Secret part) {
        return part.getData().values().stream().mapToLong(String::length).sum() * 3 / 4;
    }

    /** Where each cell is served, by name. */
    public static Map<String, Place> places(Secret secret) {
        try {
            return ContractJson.MAPPER
                    .readValue(decode(file(secret, PLACES)), Places.class)
                    .cells();
        } catch (JacksonException | IllegalArgumentException e) {
            // Somebody wrote into it, or it is not written yet.
            return Map.of();
        }
    }

    /** What a gateway was told; empty when that is not to be read. */
    public static Optional<GatewayConfiguration> configuration(Secret secret) {
        try {
            return Optional.of(ContractJson.MAPPER.readValue(
                    decode(file(secret, GatewayFiles.CONFIGURATION)), GatewayConfiguration.class));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String file(Secret secret, String name) {
        Map<String, String> data = secret.getData();
        return data == null ? "" : data.getOrDefault(name, "");
    }

    private static byte[] decode(String file) {
        return Base64.getDecoder().decode(file);
    }

    private static String encode(byte[] bytes) {
        return GatewayFiles.encode(bytes);
    }
}
