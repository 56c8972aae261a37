package dev.cytoplane.dataplane.kubernetes.pod;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import io.fabric8.kubernetes.client.utils.Utils;
import java.util.function.Consumer;

/** The client of the cluster that this process is in, or else of the kubeconfig that it was given. */
public final class ClusterClient {

    private ClusterClient() {}

    public static KubernetesClient create() {
        return create(http -> {});
    }

    /** @param settings what else its connections need */
    public static KubernetesClient create(Consumer<HttpClient.Builder> settings) {
        Config config = Config.autoConfigure(null);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(http -> {
                    if (signsInByCertificate(config)) {
                        // In search of a token that there is not, the client would read its kubeconfig for each
                        // request.
                        http.addOrReplaceInterceptor(TokenRefreshInterceptor.NAME, null);
                    }
                    settings.accept(http);
                })
                .build();
    }

    private static boolean signsInByCertificate(Config config) {
        boolean certificate = Utils.isNotNullOrEmpty(config.getClientCertData())
                || Utils.isNotNullOrEmpty(config.getClientCertFile());
        boolean token = config.getOauthTokenProvider() != null
                || Utils.isNotNullOrEmpty(config.getOauthToken())
                || Utils.isNotNullOrEmpty(config.getAutoOAuthToken())
                || Utils.isNotNullOrEmpty(config.getUsername())
                || config.getAuthProvider() != null;
        return certificate && !token;
    }
}
