package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.gateway.GatewayConfiguration;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.dataplane.identity.CellCertificate;
import dev.cytoplane.dataplane.kubernetes.desired.Connections;
import dev.cytoplane.dataplane.kubernetes.desired.Gates;
import dev.cytoplane.dataplane.kubernetes.desired.GatewayFiles;
import dev.cytoplane.dataplane.kubernetes.desired.Given;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.resource.CellResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** What a cell was given: read back from the cluster, and made where it is missing or due. The cluster is the only memory. */
final class Keepsakes {

    private static final int KEY_BYTES = 16;

    private final CellAuthority authority;
    private final SecureRandom random;
    private final Clock clock;

    Keepsakes(CellAuthority authority, SecureRandom random, Clock clock) {
        this.authority = authority;
        this.random = random;
        this.clock = clock;
    }

    Given of(CellResource resource, Cell cell, Map<String, String> images, Gates gates, Live live) {
        Map<String, String> files = live.named(Secret.class, Names.GATEWAY_CONFIGURATION)
                .map(Keepsakes::decode)
                .orElse(Map.of());
        return new Given(
                owner(resource),
                keys(
                        cell,
                        live.named(Secret.class, Names.CONNECTION_KEYS)
                                .map(Keepsakes::decode)
                                .orElse(Map.of())),
                secrets(cell),
                certificate(cell.spec(), files),
                authority.trustBundle(),
                images,
                Instances.ours(cell, live),
                configuration(files.get(GatewayFiles.CONFIGURATION)),
                gates);
    }

    private static OwnerReference owner(CellResource resource) {
        return new OwnerReferenceBuilder()
                .withApiVersion(resource.getApiVersion())
                .withKind(resource.getKind())
                .withName(resource.getMetadata().getName())
                .withUid(resource.getMetadata().getUid())
                .withController(true)
                .build();
    }

    private Map<String, String> keys(Cell cell, Map<String, String> known) {
        Map<String, String> keys = new TreeMap<>(known);
        for (Cell.Component component : cell.spec().components()) {
            component.connections().stream()
                    .filter(Connections::leaves)
                    .forEach(connection ->
                            keys.computeIfAbsent(Given.key(component.name(), connection.name()), unused -> newKey()));
        }
        return keys;
    }

    private String newKey() {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private Map<String, Map<String, String>> secrets(Cell cell) {
        Map<String, Map<String, String>> opened = new TreeMap<>();
        for (Cell.Component component : cell.spec().components()) {
            Map<String, String> values = new TreeMap<>();
            for (Cell.SealedSecret sealed : component.secrets()) {
                values.put(
                        sealed.variable(),
                        authority.open(
                                cell.metadata().name(), component.name(), sealed.variable(), sealed.ciphertext()));
            }
            opened.put(component.name(), values);
        }
        return opened;
    }

    private CellCertificate certificate(Cell.Spec spec, Map<String, String> files) {
        return read(files.get(GatewayFiles.CERTIFICATE), files.get(GatewayFiles.KEY), spec)
                .filter(certificate -> !certificate.due(clock.instant()))
                .orElseGet(() -> authority.issue(spec.identity(), spec.host()));
    }

    private static Optional<CellCertificate> read(@Nullable String chain, @Nullable String key, Cell.Spec spec) {
        if (chain == null || key == null) {
            return Optional.empty();
        }
        try {
            X509Certificate leaf = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(chain.getBytes(StandardCharsets.US_ASCII)));
            Collection<List<?>> names = leaf.getSubjectAlternativeNames();
            List<String> wanted = List.of(spec.identity(), spec.host());
            boolean fits = names != null
                    && names.stream()
                            .map(name -> String.valueOf(name.get(1)))
                            .toList()
                            .containsAll(wanted);
            return fits
                    ? Optional.of(new CellCertificate(
                            chain,
                            key,
                            leaf.getNotBefore().toInstant(),
                            leaf.getNotAfter().toInstant()))
                    : Optional.empty();
        } catch (CertificateException e) {
            // Somebody wrote into it: a new one takes its place.
            return Optional.empty();
        }
    }

    private static @Nullable GatewayConfiguration configuration(@Nullable String json) {
        try {
            return json == null ? null : ContractJson.MAPPER.readValue(json, GatewayConfiguration.class);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static Map<String, String> decode(Secret secret) {
        Map<String, String> values = new TreeMap<>();
        if (secret.getData() != null) {
            secret.getData()
                    .forEach((name, value) ->
                            values.put(name, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        }
        return values;
    }
}
