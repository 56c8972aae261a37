package dev.cytoplane.dataplane.kubernetes.testing;

import dev.cytoplane.testcluster.Cluster;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The service account that the Helm chart makes for a data plane, with the chart's rules and no other right. */
public final class DataPlaneAccount implements AutoCloseable {

    public static final Path CLUSTER_RULES = Path.of("..", "deploy", "chart", "files", "cluster-rules.yaml");
    public static final Path OWN_RULES = Path.of("..", "deploy", "chart", "files", "own-rules.yaml");
    public static final Path BUILD_RULES = Path.of("..", "deploy", "chart", "files", "build-rules.yaml");

    private static final String NAME = "cytoplane-data-plane";
    private static final String RBAC = "rbac.authorization.k8s.io";
    /** Longer than any test. */
    private static final long TOKEN_SECONDS = 7200;

    private final KubernetesClient administrator;
    private final String namespace;
    private final Config config;

    public DataPlaneAccount(Cluster cluster) {
        this.administrator = cluster.client();
        this.namespace = cluster.namespace();
        administrator
                .resource(new ServiceAccountBuilder()
                        .withMetadata(new ObjectMetaBuilder()
                                .withName(NAME)
                                .withNamespace(namespace)
                                .build())
                        .build())
                .create();
        administrator
                .resource(new ClusterRoleBuilder()
                        .withMetadata(
                                new ObjectMetaBuilder().withName(clusterName()).build())
                        .withRules(rules(CLUSTER_RULES))
                        .build())
                .create();
        administrator
                .resource(new ClusterRoleBindingBuilder()
                        .withMetadata(
                                new ObjectMetaBuilder().withName(clusterName()).build())
                        .withNewRoleRef(RBAC, "ClusterRole", clusterName())
                        .withSubjects(subject())
                        .build())
                .create();
        administrator
                .resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withRules(rules(OWN_RULES))
                        .build())
                .create();
        administrator
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef(RBAC, "Role", NAME)
                        .withSubjects(subject())
                        .build())
                .create();
        this.config = config();
    }

    /** What the chart gives besides where builds run, in their namespace. */
    public void mayBuildIn(String builds) {
        administrator
                .resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName(NAME + "-builds")
                        .withNamespace(builds)
                        .endMetadata()
                        .withRules(rules(BUILD_RULES))
                        .build())
                .create();
        administrator
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(NAME + "-builds")
                        .withNamespace(builds)
                        .endMetadata()
                        .withNewRoleRef(RBAC, "Role", NAME + "-builds")
                        .withSubjects(subject())
                        .build())
                .create();
    }

    public static List<PolicyRule> rules(Path file) {
        try {
            String role = "apiVersion: " + RBAC + "/v1\nkind: ClusterRole\nrules:\n" + Files.readString(file);
            return Serialization.unmarshal(role, ClusterRole.class).getRules();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String clusterName() {
        return NAME + "-" + namespace;
    }

    private Subject subject() {
        return new Subject("", "ServiceAccount", NAME, namespace);
    }

    private Config config() {
        String token = administrator
                .serviceAccounts()
                .inNamespace(namespace)
                .withName(NAME)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(TOKEN_SECONDS)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        Config all = administrator.getConfiguration();
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(all.getMasterUrl())
                .withCaCertData(all.getCaCertData())
                .withCaCertFile(all.getCaCertFile())
                .withOauthToken(token)
                .withNamespace(namespace)
                .build();
    }

    /** Where the data plane itself is. */
    public String namespace() {
        return namespace;
    }

    /** A client with these rights. The caller closes it. */
    public KubernetesClient client() {
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    @Override
    public void close() {
        administrator.rbac().clusterRoleBindings().withName(clusterName()).delete();
        administrator.rbac().clusterRoles().withName(clusterName()).delete();
    }
}
