package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.dataplane.kubernetes.desired.ClusterSettings;
import dev.cytoplane.dataplane.kubernetes.desired.Gates;
import dev.cytoplane.dataplane.kubernetes.desired.Labels;
import dev.cytoplane.dataplane.kubernetes.image.ImageSource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** Runs the cells of a cluster. */
public final class CellOperator implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Operator operator;

    public CellOperator(
            KubernetesClient client,
            ClusterSettings settings,
            ImageSource images,
            CellAuthority authority,
            GatewayReports gateways,
            Clock clock) {
        this.operator = new Operator(configuration -> configuration
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withReconciliationTerminationTimeout(PATIENCE));
        operator.register(new CellReconciler(
                settings, images, new Keepsakes(authority, new SecureRandom(), clock), gateways, clock));
        if (settings.gateways() == Gates.Kind.ENVIRONMENT || someAreShared(client)) {
            operator.register(new EnvironmentReconciler(settings, authority, clock));
        }
    }

    /** From before: they go when the last cell has changed over. */
    private static boolean someAreShared(KubernetesClient client) {
        return !client.namespaces()
                .withLabel(Labels.GATEWAY_OF, Labels.OF_ENVIRONMENT)
                .list()
                .getItems()
                .isEmpty();
    }

    /** Returns when every cache is filled. */
    public void start() {
        operator.start();
    }

    /** What runs in the cluster goes on. */
    @Override
    public void close() {
        operator.stop();
    }
}
