package dev.cytoplane.controlplane.webhook;

import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.audit.Audit;
import dev.cytoplane.controlplane.concurrency.Versions;
import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.secret.Vault;
import dev.cytoplane.controlplane.source.Sources;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Sets webhooks up. A secret is made here, shown once, and kept sealed. */
@Service
class Webhooks {

    private static final int SECRET_BYTES = 32;

    private final WebhookStore store;
    private final Sources sources;
    private final Vault vault;
    private final Audit audit;
    private final SecureRandom random = new SecureRandom();

    Webhooks(WebhookStore store, Sources sources, Vault vault, Audit audit) {
        this.store = store;
        this.sources = sources;
        this.vault = vault;
        this.audit = audit;
    }

    /** @param secret only right after it was made */
    record Prepared(Webhook webhook, @Nullable String secret) {}

    @Transactional
    public Prepared put(ComponentScope scope, List<String> branches, List<String> paths, @Nullable String ifMatch) {
        if (sources.find(scope.componentId())
                .filter(source -> !source.isElsewhere())
                .isPresent()) {
            throw Problem.conflict(
                    "no-outside-repository",
                    "The component is built from its repository on the platform, which needs no webhook: a push there starts a build by itself.");
        }
        Optional<Webhook> before = store.find(scope.componentId());
        if (before.isEmpty()) {
            String secret = newSecret();
            store.insert(scope, seal(scope, secret), branches, paths);
            audit.record(scope.organizationId(), "webhook.created", scope.path(), Map.of());
            return new Prepared(require(scope), secret);
        }
        Versions.requireMatch(ifMatch, before.get().version());
        if (!store.update(scope.componentId(), before.get().version(), branches, paths)) {
            throw Versions.stale(before.get().version() + 1);
        }
        audit.record(
                scope.organizationId(), "webhook.changed", scope.path(), Map.of("branches", branches, "paths", paths));
        return new Prepared(require(scope), null);
    }

    @Transactional
    public Prepared rotate(ComponentScope scope) {
        require(scope);
        String secret = newSecret();
        store.rotate(scope.componentId(), seal(scope, secret));
        audit.record(scope.organizationId(), "webhook.rotated", scope.path(), Map.of());
        return new Prepared(require(scope), secret);
    }

    @Transactional
    public void delete(ComponentScope scope, @Nullable String ifMatch) {
        Versions.matchIfGiven(ifMatch, require(scope).version());
        store.delete(scope.componentId());
        audit.record(scope.organizationId(), "webhook.deleted", scope.path(), Map.of());
    }

    @Transactional(readOnly = true)
    public Webhook require(ComponentScope scope) {
        return store.find(scope.componentId()).orElseThrow(() -> Problem.notFound("webhook", scope.path()));
    }

    @Transactional(readOnly = true)
    public Optional<Webhook> find(UUID componentId) {
        return store.find(componentId);
    }

    byte[] secret(Webhook webhook) {
        return vault.open(webhook.organizationId(), webhook.sealedSecret(), Webhook.context(webhook.componentId()));
    }

    private byte[] seal(ComponentScope scope, String secret) {
        return vault.seal(
                scope.organizationId(), secret.getBytes(StandardCharsets.UTF_8), Webhook.context(scope.componentId()));
    }

    private String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
