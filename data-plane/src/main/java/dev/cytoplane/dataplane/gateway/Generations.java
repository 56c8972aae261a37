package dev.cytoplane.dataplane.gateway;

import dev.cytoplane.contracts.gateway.GatewayConfiguration;
import dev.cytoplane.dataplane.identity.Identity;
import dev.cytoplane.dataplane.settings.DataPlaneSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a configuration whenever what cells offer, or a certificate, makes another one. Used by one thread. */
final class Generations {

    private static final double SAMPLED_SHARE = 1.0;

    /** @param number the first generation that holds these offers */
    record Written(long number, GatewayConfiguration configuration, Map<String, Offer> offers) {}

    private final DataPlaneSettings settings;
    private final Identity identity;
    private final GatewayFolder folder;
    private final Allocations allocations;
    private final CertificateFiles certificates;
    private @Nullable Written last;

    Generations(
            DataPlaneSettings settings,
            Identity identity,
            GatewayFolder folder,
            Allocations allocations,
            CertificateFiles certificates) {
        this.settings = settings;
        this.identity = identity;
        this.folder = folder;
        this.allocations = allocations;
        this.certificates = certificates;
    }

    /** Null before the first. */
    @Nullable
    Written last() {
        return last;
    }

    void write(Map<String, Offer> offers) {
        List<Derivation.Input> inputs = new ArrayList<>();
        offers.values().forEach(offer -> {
            CertificateFiles.Names names = certificates.of(offer.cell());
            inputs.add(new Derivation.Input(offer, allocations.of(offer.cell()), names.certificate(), names.key()));
        });
        Derivation.Frame frame = frame();
        Written before = last;
        if (before != null) {
            GatewayConfiguration same = Derivation.derive(before.number(), frame, inputs);
            if (same.equals(before.configuration())) {
                last = new Written(before.number(), same, offers);
                return;
            }
        }
        long number = (before == null ? folder.generation() : before.number()) + 1;
        GatewayConfiguration configuration = Derivation.derive(number, frame, inputs);
        folder.write(configuration);
        last = new Written(number, configuration, offers);
    }

    private Derivation.Frame frame() {
        DataPlaneSettings.GatewaySettings front = settings.gateway();
        String telemetry = settings.telemetryEndpoint();
        return new Derivation.Frame(
                new GatewayConfiguration.Entry(front.address(), front.httpPort(), front.httpsPort()),
                certificates.trustBundle(identity.trustBundle()),
                telemetry == null ? null : new GatewayConfiguration.Telemetry(telemetry, SAMPLED_SHARE),
                identity.domain());
    }

    /** The last one is in force: files that only earlier ones named are not needed any more. */
    void prune(Set<String> cells) {
        certificates.prune(cells);
    }
}
