package dev.cytoplane.dataplane.kubernetes.desired;

import dev.cytoplane.contracts.cell.Cell;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** All objects of a cell: what holds pods back comes before the pods. */
public final class DesiredObjects {

    /** More runs of a task wait until one has ended. */
    private static final int RUNS_AT_ONCE = 5;

    private DesiredObjects() {}

    public static Desired of(Cell cell, Given given, ClusterSettings settings) {
        Components components = new Components(cell, given, settings);
        List<HasMetadata> objects = new ArrayList<>();
        SequencedMap<String, List<HasMetadata>> parts = new LinkedHashMap<>();
        objects.add(namespace(cell, given));
        objects.addAll(Policies.of(cell, given, settings));
        objects.add(quota(cell, given, settings));
        if (given.gates().own()) {
            objects.add(account(Names.GATEWAY, cell));
        }
        components.all().forEach(component -> objects.add(account(component.name(), cell)));
        PullSecret.of(cell, settings).ifPresent(objects::add);
        objects.add(GatewayFiles.keys(cell, given));
        List<HasMetadata> gateway = new ArrayList<>();
        gateway.add(GatewayFiles.secret(cell, given, settings));
        Policies.inEnvironment(cell, given, settings).ifPresent(gateway::add);
        gateway.addAll(GatewayServices.inEnvironment(cell, given, settings));
        gateway.addAll(GatewayServices.of(cell, given, settings));
        if (given.gates().own()) {
            GatewayHome home = GatewayHome.of(cell.metadata());
            GatewayWorkload.budget(home, settings).ifPresent(gateway::add);
            gateway.add(GatewayWorkload.deployment(home, settings));
        }
        parts.put(Names.GATEWAY, gateway);
        components.all().forEach(component -> parts.put(component.name(), component(component, components, cell)));
        return new Desired(objects, parts);
    }

    private static List<HasMetadata> component(Cell.Component component, Components components, Cell cell) {
        List<HasMetadata> objects = new ArrayList<>();
        objects.add(components.secret(component));
        components.service(component).ifPresent(objects::add);
        components.budget(component).ifPresent(objects::add);
        if (component.task() == null) {
            components.deployment(component).ifPresent(objects::add);
            Autoscaler.of(component, cell.metadata()).ifPresent(objects::add);
        } else {
            components.task(component).ifPresent(objects::add);
        }
        return objects;
    }

    /**
     * Kubernetes itself refuses a pod that is not restricted. Only the namespace is owned by the cell: what is owned is
     * removed at once and in any order, and policies must not go before the pods they hold. A namespace is emptied in order.
     */
    private static Namespace namespace(Cell cell, Given given) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(Names.namespace(cell.metadata().name()))
                .withLabels(Labels.common(cell.metadata()))
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .addToLabels("pod-security.kubernetes.io/enforce-version", "latest")
                .addToAnnotations("cytoplane.dev/cell", cell.metadata().name())
                .withOwnerReferences(given.owner())
                .endMetadata()
                .build();
    }

    /** The cell may use what it declares, and as much again: a replaced pod counts until its grace period is over. */
    private static ResourceQuota quota(Cell cell, Given given, ClusterSettings settings) {
        int pods = given.gates().own() ? 2 * settings.gatewayReplicas() + 1 : 0;
        long memory = pods * GatewayWorkload.MEMORY;
        for (Cell.Component component : cell.spec().components()) {
            int most = component.task() == null ? 2 * Autoscaler.most(component) + 1 : RUNS_AT_ONCE;
            pods += most;
            memory += most * Components.memory(component);
        }
        return quota(Labels.meta("cell", cell.metadata()), pods, memory, settings);
    }

    static ResourceQuota quota(ObjectMeta meta, int pods, long memory, ClusterSettings settings) {
        Map<String, Quantity> hard = new TreeMap<>(Map.of(
                "pods", new Quantity(Integer.toString(pods)), "limits.memory", new Quantity(Long.toString(memory))));
        // A number above none counts from when the cluster has counted, some seconds late: a new gateway would wait for
        // that.
        List<Exposure.Type> exposed =
                List.of(settings.frontDoor().type(), settings.westbound().type());
        if (!exposed.contains(Exposure.Type.LOAD_BALANCER)) {
            hard.put("services.loadbalancers", new Quantity("0"));
            if (!exposed.contains(Exposure.Type.NODE_PORT)) {
                hard.put("services.nodeports", new Quantity("0"));
            }
        }
        return new ResourceQuotaBuilder()
                .withMetadata(meta)
                .withNewSpec()
                .withHard(hard)
                .endSpec()
                .build();
    }

    private static ServiceAccount account(String name, Cell cell) {
        return new ServiceAccountBuilder()
                .withMetadata(Labels.meta(name, cell.metadata()))
                .withAutomountServiceAccountToken(false)
                .build();
    }
}
