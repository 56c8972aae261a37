package dev.cytoplane.dataplane.kubernetes.desired;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.json.ContractJson;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** One component: its pods, the secret part of their environment, and the Service in front of them. */
final class Components {

    private static final long MEMORY = 256L << 20;
    private static final int CPU_MILLIS = 100;
    /** For a task without a schedule, which is suspended; the form asks for one. */
    private static final String NO_SCHEDULE = "0 0 1 1 *";

    private static final long LATEST_START_SECONDS = 300;
    private static final int KEPT_RUNS = 10;
    /** Until every node has taken the pod out of its Service. */
    private static final long UNROUTED_SECONDS = 3;

    private final Cell cell;
    private final Given given;
    private final ClusterSettings settings;

    Components(Cell cell, Given given, ClusterSettings settings) {
        this.cell = cell;
        this.given = given;
        this.settings = settings;
    }

    static long memory(Cell.Component component) {
        Long asked = component.memoryBytes();
        return asked == null ? MEMORY : asked;
    }

    /**
     * What must not be read by those who may read a Deployment. A new content has a new name: a pod of an old release that
     * starts again finds what it was started with.
     */
    Secret secret(Cell.Component component) {
        Map<String, String> data = new TreeMap<>();
        secrets(component)
                .forEach((name, value) -> data.put(name, GatewayFiles.encode(value.getBytes(StandardCharsets.UTF_8))));
        return new SecretBuilder()
                .withMetadata(Labels.meta(secretName(component), cell.metadata()))
                .withType("Opaque")
                .withImmutable(true)
                .withData(data)
                .build();
    }

    private Map<String, String> secrets(Cell.Component component) {
        Map<String, String> values = new TreeMap<>(given.secrets().getOrDefault(component.name(), Map.of()));
        values.putAll(Connections.urls(cell, component, given));
        return values;
    }

    private String secretName(Cell.Component component) {
        return component.name() + "-" + Names.hash(ContractJson.contentHash(secrets(component)), 10);
    }

    /** None while the component's image is not there: what runs of it goes on. */
    Optional<Deployment> deployment(Cell.Component component) {
        return Optional.ofNullable(given.images().get(component.name())).map(image -> deployment(component, image));
    }

    /** What runs to its end; made into a Job by its schedule, or when somebody wants it to run. */
    Optional<CronJob> task(Cell.Component component) {
        return Optional.ofNullable(given.images().get(component.name()))
                .map(image -> task(component, Objects.requireNonNull(component.task()), image));
    }

    private CronJob task(Cell.Component component, Cell.Task task, String image) {
        Map<String, String> labels = Labels.pod(cell.metadata(), component.name(), Labels.COMPONENT);
        return new CronJobBuilder()
                .withMetadata(Labels.meta(component.name(), cell.metadata()))
                .withNewSpec()
                .withSchedule(task.schedule() == null ? NO_SCHEDULE : task.schedule())
                .withSuspend(task.schedule() == null)
                .withTimeZone(zone(task.timeZone()))
                .withConcurrencyPolicy(
                        switch (task.concurrency()) {
                            case FORBID -> "Forbid";
                            case ALLOW -> "Allow";
                            case REPLACE -> "Replace";
                        })
                .withStartingDeadlineSeconds(LATEST_START_SECONDS)
                .withSuccessfulJobsHistoryLimit(KEPT_RUNS)
                .withFailedJobsHistoryLimit(KEPT_RUNS)
                .withNewJobTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .withAnnotations(Map.of(Labels.RELEASE, component.release()))
                .endMetadata()
                .withNewSpec()
                .withBackoffLimit(task.retries())
                .withActiveDeadlineSeconds((long) task.timeoutSeconds())
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .withAnnotations(annotations(component))
                .endMetadata()
                .withSpec(Guarded.pod(component.name(), component.gracePeriodSeconds(), settings)
                        .withRestartPolicy("Never")
                        .withContainers(container(component, image).build())
                        .withVolumes(Restricted.scratch("data"), Restricted.scratch("tmp"))
                        .build())
                .endTemplate()
                .endSpec()
                .endJobTemplate()
                .endSpec()
                .build();
    }

    /** Kubernetes knows the zone UTC by another name only. */
    private static String zone(String zone) {
        return zone.equals("UTC") ? "Etc/UTC" : zone;
    }

    private Deployment deployment(Cell.Component component, String image) {
        DeploymentSpec spec = new DeploymentSpecBuilder()
                .withReplicas(
                        component.autoscaling() == null
                                ? Integer.valueOf(component.replicas())
                                : given.instances().get(component.name()))
                .withRevisionHistoryLimit(2)
                .withProgressDeadlineSeconds(component.probes().readiness().startupSeconds() + 60)
                .withNewSelector()
                .withMatchLabels(Labels.component(component.name()))
                .endSelector()
                .withStrategy(Guarded.replacement())
                .build();
        ObjectMeta pods = new ObjectMetaBuilder()
                .withLabels(Labels.pod(cell.metadata(), component.name(), Labels.COMPONENT))
                .withAnnotations(annotations(component))
                .build();
        PodSpec pod = Guarded.pod(component.name(), component.gracePeriodSeconds() + UNROUTED_SECONDS, settings)
                .withVolumes(Restricted.scratch("data"), Restricted.scratch("tmp"))
                .build();
        pod.setContainers(List.of(serving(component, container(component, image))));
        return Guarded.deployment(Labels.meta(component.name(), cell.metadata()), spec, pods, pod);
    }

    /** Another annotation is another template, which Kubernetes replaces the pods for. */
    private static Map<String, String> annotations(Cell.Component component) {
        Map<String, String> annotations = new TreeMap<>(Map.of(Labels.RELEASE, component.release()));
        if (component.restart() != null) {
            annotations.put("cytoplane.dev/restart", component.restart().toString());
        }
        return annotations;
    }

    private ContainerBuilder container(Cell.Component component, String image) {
        Integer cpu = component.cpuMillis();
        return new ContainerBuilder()
                .withName(Names.COMPONENT)
                .withImage(image)
                .withCommand(Commands.of(component))
                .withWorkingDir(Commands.FOLDER)
                .withEnv(Restricted.variables(Variables.of(cell, component, settings)))
                .addNewEnvFrom()
                .withNewSecretRef()
                .withName(secretName(component))
                .endSecretRef()
                .endEnvFrom()
                .withResources(Restricted.resources(memory(component), cpu == null ? CPU_MILLIS : cpu))
                .withSecurityContext(Restricted.container())
                .withVolumeMounts(Restricted.mount("data", "/data"), Restricted.mount("tmp", "/tmp"));
    }

    /** What runs on and on: it is called, asked how it is, and let finish what it was given. */
    private static Container serving(Cell.Component component, ContainerBuilder container) {
        container
                .withPorts(component.endpoints().stream()
                        .map(endpoint -> new ContainerPortBuilder()
                                .withContainerPort(endpoint.port())
                                .withProtocol("TCP")
                                .build())
                        .distinct()
                        .toList())
                .withNewLifecycle()
                .withNewPreStop()
                .withNewSleep()
                .withSeconds(UNROUTED_SECONDS)
                .endSleep()
                .endPreStop()
                .endLifecycle();
        if (component.endpoints().isEmpty()) {
            return container.build();
        }
        int port = component.endpoints().getFirst().port();
        Cell.Probe readiness = component.probes().readiness();
        Cell.Probe liveness = component.probes().liveness();
        container
                .withReadinessProbe(probe(readiness, port))
                .withStartupProbe(new ProbeBuilder(probe(readiness, port))
                        .withPeriodSeconds(1)
                        .withFailureThreshold(Math.max(1, readiness.startupSeconds()))
                        .build());
        if (liveness != null) {
            container.withLivenessProbe(probe(liveness, port));
        }
        return container.build();
    }

    private static Probe probe(Cell.Probe probe, int port) {
        ProbeBuilder builder = new ProbeBuilder()
                .withPeriodSeconds(probe.periodSeconds())
                .withTimeoutSeconds(probe.timeoutSeconds())
                .withFailureThreshold(probe.failureThreshold());
        return probe.path() == null
                ? builder.withNewTcpSocket()
                        .withPort(new IntOrString(port))
                        .endTcpSocket()
                        .build()
                : builder.withNewHttpGet()
                        .withPath(probe.path())
                        .withPort(new IntOrString(port))
                        .endHttpGet()
                        .build();
    }

    Optional<Service> service(Cell.Component component) {
        if (component.endpoints().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ServiceBuilder()
                .withMetadata(Labels.meta(component.name(), cell.metadata()))
                .withNewSpec()
                .withType("ClusterIP")
                .withSelector(Labels.component(component.name()))
                .withPorts(ports(component))
                .endSpec()
                .build());
    }

    /** Endpoints may share a port, and a Service has each once; it is called by its number, so whose name it has is no matter. */
    private static List<ServicePort> ports(Cell.Component component) {
        Map<Integer, ServicePort> ports = new TreeMap<>();
        for (Cell.Endpoint endpoint : component.endpoints()) {
            ports.putIfAbsent(
                    endpoint.port(),
                    new ServicePortBuilder()
                            .withName(endpoint.name())
                            .withProtocol("TCP")
                            .withPort(endpoint.port())
                            .withTargetPort(new IntOrString(endpoint.port()))
                            .build());
        }
        return List.copyOf(ports.values());
    }

    /** For what may run more than once: a node that is emptied takes one at a time. */
    Optional<PodDisruptionBudget> budget(Cell.Component component) {
        if (Autoscaler.most(component) < 2) {
            return Optional.empty();
        }
        return Optional.of(new PodDisruptionBudgetBuilder()
                .withMetadata(Labels.meta(component.name(), cell.metadata()))
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(1))
                .withNewSelector()
                .withMatchLabels(Labels.component(component.name()))
                .endSelector()
                .endSpec()
                .build());
    }

    List<Cell.Component> all() {
        return cell.spec().components();
    }
}
