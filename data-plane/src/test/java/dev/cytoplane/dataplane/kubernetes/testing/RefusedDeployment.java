package dev.cytoplane.dataplane.kubernetes.testing;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Map;

/** An administrator's admission policy that takes no Deployment of one name in one namespace, until it is closed. */
public final class RefusedDeployment implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final KubernetesClient client;
    private final String namespace;
    private final String name;
    private final String policy;

    private RefusedDeployment(KubernetesClient client, String namespace, String name) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
        this.policy = "no-" + name + "-in-" + namespace;
    }

    /**
     * In force when it is there.
     *
     * @param sentence what the cluster says then
     */
    public static RefusedDeployment in(KubernetesClient client, String namespace, String name, String sentence) {
        RefusedDeployment refused = new RefusedDeployment(client, namespace, name);
        try {
            refused.forbid(sentence);
            // Until the API server knows the policy, which takes a moment, it lets everything in.
            await().atMost(PATIENCE).until(() -> refused.isRefused(sentence));
            return refused;
        } catch (RuntimeException e) {
            refused.close();
            throw e;
        }
    }

    private void forbid(String sentence) {
        client.resource(new ValidatingAdmissionPolicyBuilder()
                        .withNewMetadata()
                        .withName(policy)
                        .endMetadata()
                        .withNewSpec()
                        .withFailurePolicy("Fail")
                        .withNewMatchConstraints()
                        .addNewResourceRule()
                        .withApiGroups("apps")
                        .withApiVersions("v1")
                        .withOperations("CREATE", "UPDATE")
                        .withResources("deployments")
                        .endResourceRule()
                        .endMatchConstraints()
                        .addNewValidation()
                        .withExpression("object.metadata.name != '" + name + "'")
                        .withMessage(sentence)
                        .endValidation()
                        .endSpec()
                        .build())
                .create();
        client.resource(new ValidatingAdmissionPolicyBindingBuilder()
                        .withNewMetadata()
                        .withName(policy)
                        .endMetadata()
                        .withNewSpec()
                        .withPolicyName(policy)
                        .withValidationActions("Deny")
                        .withNewMatchResources()
                        .withNewNamespaceSelector()
                        .addToMatchLabels("kubernetes.io/metadata.name", namespace)
                        .endNamespaceSelector()
                        .endMatchResources()
                        .endSpec()
                        .build())
                .create();
    }

    private boolean isRefused(String sentence) {
        try {
            client.resource(attempt()).dryRun().create();
            return false;
        } catch (KubernetesClientException e) {
            return String.valueOf(e.getMessage()).contains(sentence);
        }
    }

    private Deployment attempt() {
        Map<String, String> labels = Map.of("attempt", "only");
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("none")
                .withImage("none")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    @Override
    public void close() {
        client.admissionRegistration()
                .v1()
                .validatingAdmissionPolicyBindings()
                .withName(policy)
                .delete();
        client.admissionRegistration()
                .v1()
                .validatingAdmissionPolicies()
                .withName(policy)
                .delete();
    }
}
