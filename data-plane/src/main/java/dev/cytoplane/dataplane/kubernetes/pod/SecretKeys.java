package dev.cytoplane.dataplane.kubernetes.pod;

import dev.cytoplane.dataplane.identity.KeyStorage;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A data plane's keys in a Secret beside it, so that whichever pod works, on whichever node, has them. */
public final class SecretKeys implements KeyStorage {

    public static final String NAME = "cytoplane-data-plane-identity";

    private static final JsonMapper JSON = new JsonMapper();

    private final KubernetesClient client;
    private final String namespace;

    public SecretKeys(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @Override
    public Optional<byte[]> read(String name) {
        Secret there = secret().get();
        return Optional.ofNullable(there)
                .map(Secret::getData)
                .map(data -> data.get(name))
                .map(Base64.getDecoder()::decode);
    }

    @Override
    public void write(String name, byte[] content) {
        String value = Base64.getEncoder().encodeToString(content);
        if (secret().get() == null) {
            client.secrets()
                    .inNamespace(namespace)
                    .resource(new SecretBuilder()
                            .withNewMetadata()
                            .withName(NAME)
                            .endMetadata()
                            .addToData(name, value)
                            .build())
                    .create();
        } else {
            change(name, value);
        }
    }

    @Override
    public void delete(String name) {
        if (secret().get() != null) {
            change(name, null);
        }
    }

    /** Only this entry: a merge patch leaves the others. */
    private void change(String name, @Nullable String value) {
        Map<String, @Nullable String> entry = new HashMap<>();
        entry.put(name, value);
        secret().patch(PatchContext.of(PatchType.JSON_MERGE), JSON.writeValueAsString(Map.of("data", entry)));
    }

    private Resource<Secret> secret() {
        return client.secrets().inNamespace(namespace).withName(NAME);
    }
}
