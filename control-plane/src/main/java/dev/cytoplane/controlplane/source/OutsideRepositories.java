package dev.cytoplane.controlplane.source;

import dev.cytoplane.controlplane.secret.Vault;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Brings branches of repositories elsewhere into the component's own repository, which serves as their cache. */
@Component
public class OutsideRepositories {

    private final SourceSettings settings;
    private final OutsideGit outside;
    private final Vault vault;
    private final JsonMapper json;

    OutsideRepositories(SourceSettings settings, OutsideGit outside, Vault vault, JsonMapper json) {
        this.settings = settings;
        this.outside = outside;
        this.vault = vault;
        this.json = json;
    }

    /** The name under which a branch of the outside repository is kept here. */
    public static String ref(String branch) {
        return "refs/remotes/origin/" + branch;
    }

    /**
     * Fetches one branch.
     *
     * @param say gets lines about it
     * @param cancelled asked often; true ends the fetch
     * @throws SourceException when it cannot be had
     */
    public void fetch(
            Repository repository,
            ComponentSource source,
            String branch,
            Consumer<String> say,
            BooleanSupplier cancelled) {
        if (source.url() == null) {
            throw new IllegalArgumentException("The platform keeps this component's repository itself");
        }
        String address = source.url().toString();
        say.accept("Fetching %s from %s".formatted(branch, address));
        try (TransportHttp http = outside.open(repository, address, signIn(source))) {
            RefSpec refs = new RefSpec("+refs/heads/" + branch + ":" + ref(branch));
            http.fetch(outside.watch(repository, cancelled), List.of(refs));
        } catch (TransportException e) {
            throw new SourceException(explain(branch, address, e), e);
        } catch (IOException e) {
            throw new SourceException("%s cannot be fetched: %s".formatted(address, e.getMessage()), e);
        }
    }

    private String explain(String branch, String address, TransportException e) {
        SourceException refused = OutsideGit.refusal(e);
        if (refused != null) {
            return String.valueOf(refused.getMessage());
        }
        String message = String.valueOf(e.getMessage()).replace(address + ": ", "");
        if (message.contains("cancelled") || message.contains("canceled")) {
            return "Fetching %s was ended: it was cancelled, or is larger than %d MB (limit cytoplane.source.repository-limit)."
                    .formatted(address, settings.repositoryLimit().toMegabytes());
        }
        if (message.startsWith("Remote does not have")) {
            return "%s has no branch %s.".formatted(address, branch);
        }
        if (OutsideGit.asksForSignIn(e)) {
            return "%s asks for a sign-in. Give the component credentials that may read it (source.credentials)."
                    .formatted(address);
        }
        return "%s cannot be fetched: %s.".formatted(address, message);
    }

    private @Nullable CredentialsProvider signIn(ComponentSource source) {
        if (source.sealedCredentials() == null) {
            return null;
        }
        var scope = source.scope();
        byte[] plain = vault.open(
                scope.organizationId(), source.sealedCredentials(), Credentials.context(scope.componentId()));
        Credentials credentials = json.readValue(plain, Credentials.class);
        return new UsernamePasswordCredentialsProvider(credentials.username(), credentials.password());
    }
}
