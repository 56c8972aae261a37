package dev.cytoplane.cli.create;

import dev.cytoplane.cli.Session;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** What is told to whoever makes a data plane join. */
final class Invitation {

    @Option(
            names = "--kubernetes",
            description = "Say what an administrator of a Kubernetes cluster runs to make the cluster this data plane.")
    private boolean kubernetes;

    void tell(Session session, String sentence, JsonNode created) {
        if (kubernetes) {
            tellOfKubernetes(session, sentence, created);
        } else {
            Created.tell(session, sentence, created);
        }
    }

    static void tellOfKubernetes(Session session, String sentence, JsonNode created) {
        Created.tell(session, sentence, created);
        session.output().note("""
                In this repository, as an administrator of the cluster:

                  helm upgrade --install cytoplane deploy/chart --namespace cytoplane --create-namespace \\
                    --set dataPlane.enabled=true \\
                    --set dataPlane.link.url=%s \\
                    --set dataPlane.link.caFingerprint=%s \\
                    --set dataPlane.join.token=%s \\
                    --values values.yaml

                values.yaml names the images and the cluster's networks: docs/guides/kubernetes.md""".formatted(
                        created.path("linkUrl").asString(),
                        created.path("caFingerprint").asString(),
                        created.path("joinToken").asString()));
    }
}
