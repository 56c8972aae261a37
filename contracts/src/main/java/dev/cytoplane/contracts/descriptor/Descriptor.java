package dev.cytoplane.contracts.descriptor;

import dev.cytoplane.contracts.Description;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A component's own declaration, read from {@code cytoplane.yaml} at the root of its source. Every part may be left out. */
@Description(
        "What a component's authors declare about it. The file is optional: what it leaves out is detected or has a default.")
public record Descriptor(
        @Description("Always cytoplane.dev/v1alpha1.") String apiVersion,
        @Description("Always Component.") String kind,

        @Description("The kind of component. Default: what the component was created as, or what was detected.")
        @Nullable
        ComponentType type,

        @Description("How the source becomes an artifact. Default: detected from the files.") @Nullable
        Build build,

        @Description("How the artifact is started. Default: the Procfile's web line, or what the builder knows.")
        @Nullable
        Run run,

        @Description(
                "What the component offers. Default for services and web applications: one public HTTP endpoint named http.")
        @Nullable
        List<Endpoint> endpoints,

        @Description("What the component needs. Only a declared connection can be called.") @Nullable
        List<Connection> connections,

        @Description(
                "The settings the component reads from its environment, with defaults. Values are set for each environment.")
        @Nullable
        List<Setting> configuration,

        @Description("How the platform sees that an instance is ready, and that it is still alive.") @Nullable
        Probes probes,

        @Description("How many instances run, and what each may use.") @Nullable
        Scale scale,

        @Description("When a task runs, and what becomes of a run. For the types scheduled-task and manual-task.")
        @Nullable
        Task task) {

    public static final String API_VERSION = "cytoplane.dev/v1alpha1";
    public static final String KIND = "Component";
    public static final String FILE = "cytoplane.yaml";

    /** How the source becomes an artifact. */
    public record Build(
            @Description("node, java or static. Default: detected.") @Nullable
            String builder,

            @Description("For builders that run a script: the npm script to run. Default: build, if there is one.")
            @Nullable
            String script,

            @Description(
                    "The folder or file that the build leaves behind, relative to the source. Default: what the builder knows.")
            @Nullable
            String output,

            @Description("Environment variables for the build only.") @Nullable
            Map<String, String> environment) {}

    /** How the artifact is started. The process listens on the port in the variable {@code PORT}. */
    public record Run(
            @Description("Program and arguments, one list item each; no shell reads them.") @Nullable
            List<String> command,

            @Description("Fixed environment variables, the same in every environment.") @Nullable
            Map<String, String> environment,

            @Description("Seconds between the polite signal (SIGTERM) and the end. Default 10, at most 300.") @Nullable
            Integer gracePeriodSeconds) {}

    /** Something the component offers to others. */
    public record Endpoint(
            @Description("A DNS label, unique in the component.")
            String name,

            @Description("HTTP (default), GraphQL, gRPC, WebSocket or TCP.") @Nullable
            Protocol protocol,

            @Description(
                    "The port in a container. Default 8080. On the local runtime the port is chosen and told as PORT (first endpoint) and PORT_<NAME>; endpoints with the same port share one.")
            @Nullable
            Integer port,

            @Description("The path under which the component itself serves this endpoint. Default /.") @Nullable
            String basePath,

            @Description("Who may reach it: project (default), organization or public.") @Nullable
            Visibility visibility,

            @Description(
                    "The path prefix on the cell's public address. Default: / for a web application, else /<component>, and /<component>/<endpoint> from the second endpoint on.")
            @Nullable
            String path,

            @Description("Path of the endpoint's schema in the source (OpenAPI, GraphQL SDL, protobuf).") @Nullable
            String schema,

            @Description("Who must sign in, and with which scopes.") @Nullable
            Security security) {}

    /** Sign-in at the gateway. */
    @Description("Checked by the cell's gateway on public calls, against the platform's identity provider.")
    public record Security(
            @Description("required or none (default).") @Nullable
            Authentication authentication,

            @Description("Scopes every call must carry, besides those of the operation.") @Nullable
            List<String> scopes,

            @Description("Rules for parts of the endpoint; the first that matches counts.") @Nullable
            List<Operation> operations) {}

    /** A rule for some methods and paths of an endpoint. */
    public record Operation(
            @Description("HTTP methods; all when left out.") @Nullable
            List<String> methods,

            @Description("A path below the endpoint's base path. /** at the end matches everything below.")
            String path,

            @Description("required or none. Default: as the endpoint.") @Nullable
            Authentication authentication,

            @Description("Scopes the token must carry.") @Nullable
            List<String> scopes) {}

    /** Something the component calls. Exactly one of {@code endpoint} and {@code host} is given. */
    public record Connection(
            @Description("A DNS label, unique in the component.")
            String name,

            @Description(
                    "Another component's endpoint: component/endpoint in this project, or project/component/endpoint.")
            @Nullable
            String endpoint,

            @Description("An external address, for example https://api.example.com; reached through the gateway.")
            @Nullable
            String host,

            @Description(
                    "The variable that tells the component where to call. Default: the name in capitals, then _URL.")
            @Nullable
            String variable) {}

    /** A setting the component reads from its environment. */
    public record Setting(
            @Description("The environment variable.") String name,

            @Description("Used where an environment sets no value of its own.") @Nullable
            String value,

            @Description("Refuse a deployment that has no value. Default false.") @Nullable
            Boolean required,

            @Description("The value is a secret: encrypted, never shown again. Default false.") @Nullable
            Boolean secret,

            @Description("What it is for.") @Nullable String description) {}

    public record Probes(
            @Description("Until it succeeds, no call reaches the instance. Default: its port accepts connections.")
            @Nullable
            Probe readiness,

            @Description("When it fails, the instance is restarted. Default: none, beyond the process itself.")
            @Nullable
            Probe liveness) {}

    public record Probe(
            @Description("An HTTP path that answers below 400. When left out, a TCP connection is enough.") @Nullable
            String path,

            @Description("Seconds between tries. Default 5 (readiness: 1 until first ready).") @Nullable
            Integer periodSeconds,

            @Description("Seconds until a try counts as failed. Default 2.") @Nullable
            Integer timeoutSeconds,

            @Description("Failures in a row until the verdict changes. Default 3.") @Nullable
            Integer failureThreshold,

            @Description("Seconds a starting instance has until its first success. Default 60.") @Nullable
            Integer startupSeconds) {}

    /** When a task runs, and what becomes of a run. */
    public record Task(
            @Description(
                    "When a scheduled task runs: the five fields of cron, for example */15 * * * *, or @hourly, @daily, @weekly, @monthly, @yearly. Needed for a scheduled task, and for it only.")
            @Nullable
            String schedule,

            @Description("The time zone of the schedule, as Europe/Berlin. Default UTC.") @Nullable
            String timeZone,

            @Description("What happens when it is time and the run before goes on. Default forbid.") @Nullable
            Concurrency concurrency,

            @Description("Seconds after which a run is ended and has failed. Default 3600, at most 86400.") @Nullable
            Integer timeoutSeconds,

            @Description("How often a run that fails is tried again before it has failed. Default 0, at most 10.")
            @Nullable
            Integer retries) {}

    public record Scale(
            @Description("Instances that run. Default 1, at most 20. Left out with autoscaling.") @Nullable
            Integer replicas,

            @Description("Memory limit of an instance, as a Kubernetes quantity (256Mi).") @Nullable
            String memory,

            @Description("CPU limit of an instance, as a Kubernetes quantity (500m).") @Nullable
            String cpu,

            @Description("Instances by load, in place of a fixed number. Not for tasks.") @Nullable
            Autoscaling autoscaling) {

        /** With a fixed number of instances. */
        public Scale(@Nullable Integer replicas, @Nullable String memory, @Nullable String cpu) {
            this(replicas, memory, cpu, null);
        }
    }

    /** Between how many instances run, and by what load. */
    public record Autoscaling(
            @Description("The fewest instances. Default 1.") @Nullable
            Integer minInstances,

            @Description("The most instances, at most 20.") Integer maxInstances,

            @Description(
                    "What the instances are to use of scale.cpu on average, in percent: more of them run when they use more, fewer when they use less. Default 80, unless memoryPercent is given.")
            @Nullable
            Integer cpuPercent,

            @Description(
                    "The same of scale.memory. Left out, memory does not count. With both, what asks for more counts.")
            @Nullable
            Integer memoryPercent) {

        /** What cpuPercent is when nothing is said. */
        public static final int CPU_PERCENT = 80;
    }
}
