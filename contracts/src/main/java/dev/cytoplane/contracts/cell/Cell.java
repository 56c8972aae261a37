package dev.cytoplane.contracts.cell;

import dev.cytoplane.contracts.Description;
import dev.cytoplane.contracts.descriptor.ComponentType;
import dev.cytoplane.contracts.descriptor.Concurrency;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.contracts.descriptor.Protocol;
import dev.cytoplane.contracts.descriptor.Visibility;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole desired state of one project in one environment. Compiled by the control plane as a pure function; the
 * version in its metadata changes exactly when its spec does. Lists are sorted by name, so that equal cells are equal
 * bytes in canonical JSON; only endpoints keep the descriptor's order, since the first has a meaning of its own.
 */
@Description("The desired state of a project in an environment.")
public record Cell(String apiVersion, String kind, Metadata metadata, Spec spec) {

    public static final String API_VERSION = "cytoplane.dev/v1alpha1";
    public static final String KIND = "Cell";

    public record Metadata(
            @Description("project.environment.organization; unique on the platform and stable.")
            String name,

            String organization,
            String environment,
            String project,

            @Description("Counts the different contents of this cell, from 1.")
            long version,

            @Description("SHA-256 of the spec's canonical JSON, as sha256:<hex>.")
            String contentHash,

            @Description("Who brings the cell to where it runs. Left out, the data plane does.") @Nullable
            Delivery delivery) {

        /** Of a cell that the data plane brings by itself. */
        public Metadata(
                String name,
                String organization,
                String environment,
                String project,
                long version,
                String contentHash) {
            this(name, organization, environment, project, version, contentHash, null);
        }
    }

    /** Who brings a cell to where it runs. */
    public enum Delivery {
        /** Somebody takes it from the environment's Git repository; the data plane applies nothing, and says how it is. */
        GIT
    }

    public record Spec(
            @Description(
                    "spiffe://<trust-domain>/<organization>/<environment>/<project>: who the cell is to other cells.")
            String identity,

            @Description("The host name of the cell's public address, without port.")
            String host,

            @Description("The identity provider whose tokens the gateway accepts.") @Nullable
            TokenIssuer tokenIssuer,

            List<Component> components) {}

    /** The only issuer whose tokens count, and the audience they must name. */
    public record TokenIssuer(
            String issuer,
            String jwksUri,
            List<String> audiences,

            @Description(
                    "PEM certificates that alone the certificate behind jwksUri is checked against; left out: the public authorities.")
            @Nullable
            String certificateAuthority) {}

    public record Component(
            String name,
            ComponentType type,

            @Description("The release's content address: r-<12 hex digits>.")
            String release,

            Artifact artifact,

            @Description("Program and arguments, started in the artifact's folder. Empty for a static artifact.")
            List<String> command,

            @Description("Plain environment variables.") Map<String, String> environment,

            @Description("Environment variables whose values only this data plane can open.")
            List<SealedSecret> secrets,

            List<Endpoint> endpoints,
            List<Connection> connections,
            Probes probes,

            @Description("Instances that run; with autoscaling the fewest.")
            int replicas,

            @Nullable Long memoryBytes,
            @Nullable Integer cpuMillis,
            int gracePeriodSeconds,

            @Description("Counts how often new instances were asked for; another number replaces those that run."
                    + " Left out when nobody ever did.")
            @Nullable
            Long restart,

            @Description("For a component that runs to its end; it has no instances in between, so replicas is 0.")
            @Nullable
            Task task,

            @Description("Instances by load. Left out, as many run as replicas says.") @Nullable
            Autoscaling autoscaling) {}

    /** Between how many instances run, and by what load. At least one of the two percentages is given. */
    public record Autoscaling(
            int minInstances,
            int maxInstances,

            @Description("What the instances are to use on average of the processor time that each asks for.") @Nullable
            Integer cpuPercent,

            @Description("What the instances are to use on average of the memory that each may have.") @Nullable
            Integer memoryPercent) {}

    /** When runs begin, and when they have failed. */
    public record Task(
            @Description("Five fields of cron; left out for a task that runs only when somebody asks.") @Nullable
            String schedule,

            @Description("The IANA name of the schedule's time zone.")
            String timeZone,

            Concurrency concurrency,

            @Description("Seconds after which a run is ended.")
            int timeoutSeconds,

            @Description("How often a run that fails is tried again.")
            int retries) {}

    public record Artifact(
            @Description("sha256:<hex> of the archive.") String digest,

            @Description("BUNDLE: a tar.gz with files to run. STATIC: a tar.gz with files to serve.")
            Kind kind,

            long sizeBytes) {
        public enum Kind {
            BUNDLE,
            STATIC
        }
    }

    /** Sealed with Tink hybrid encryption to the data plane's public key; the context is cell name, component and variable, joined by slashes. */
    public record SealedSecret(
            String variable,

            @Description("Counts the values of this secret, from 1.")
            long version,

            @Description("Base64 of the ciphertext.") String ciphertext) {}

    public record Endpoint(
            String name,
            Protocol protocol,
            int port,

            @Description("Where the component serves it, starting and not ending with a slash, or /.")
            String basePath,

            Visibility visibility,

            @Description("Path prefix on the cell's public and westbound address; / or without a slash at the end.")
            String path,

            Descriptor.@Nullable Security security,

            @Description(
                    "The cells that have declared a connection to this endpoint. Nobody else is admitted from another cell.")
            List<Caller> callers) {}

    public record Caller(
            @Description("The calling cell's name.") String cell, String identity) {}

    /** Exactly one of the three targets is given. */
    public record Connection(
            String name,

            @Description("The environment variable that holds the URL to call.")
            String variable,

            @Nullable SameCell sameCell,
            @Nullable OtherCell otherCell,
            @Nullable External external) {}

    public record SameCell(String component, String endpoint) {}

    public record OtherCell(
            @Description("The called cell's name.") String cell,
            String identity,
            String component,
            String endpoint,

            @Description("The endpoint's path on the called cell's westbound address.")
            String path,

            @Description(
                    "host:port of the called cell's westbound listener, when it is on another data plane and known.")
            @Nullable
            String address) {}

    public record External(
            @Description("Scheme, host and port; a path is a prefix of every call.")
            String url) {}

    public record Probes(Probe readiness, @Nullable Probe liveness) {}

    public record Probe(
            @Description("An HTTP path; a TCP connection when left out.") @Nullable
            String path,

            int periodSeconds,
            int timeoutSeconds,
            int failureThreshold,
            int startupSeconds) {}
}
