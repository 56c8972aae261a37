package dev.cytoplane.controlplane.source;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.BooleanSupplier;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Git of repositories elsewhere. Every address is checked before it is called, those it is redirected to and the one that
 * answers included: see {@link OutsideAddresses}.
 */
@Component
public class OutsideGit {

    private final SourceSettings settings;
    private final OutsideAddresses addresses;
    private final OutsideConnections connections;

    OutsideGit(SourceSettings settings) {
        this.settings = settings;
        this.addresses = new OutsideAddresses(settings.allowedHosts());
        this.connections = new OutsideConnections(addresses);
    }

    /**
     * Whether the platform may call this address, as far as that can be said now.
     *
     * @throws SourceException saying why it may not
     */
    public void check(URI address) {
        addresses.check(address);
    }

    /**
     * Opens a repository elsewhere; the caller closes it. Nothing is called yet.
     *
     * @param local what is fetched goes here, what is pushed comes from here
     * @param credentials null when it needs no sign-in
     * @throws SourceException when the address is none of a repository over HTTP
     */
    public TransportHttp open(Repository local, String address, @Nullable CredentialsProvider credentials)
            throws IOException {
        try {
            Transport transport = Transport.open(local, new URIish(address));
            if (!(transport instanceof TransportHttp http)) {
                transport.close();
                throw new SourceException("Outside repositories are called over https; %s is not.".formatted(address));
            }
            http.setHttpConnectionFactory(connections);
            http.setTimeout((int) settings.fetchTimeout().toSeconds());
            http.setTagOpt(TagOpt.NO_TAGS);
            http.setObjectChecker(new ObjectChecker());
            http.setCredentialsProvider(credentials);
            return http;
        } catch (NotSupportedException | URISyntaxException e) {
            throw new SourceException("%s is not the address of a Git repository.".formatted(address), e);
        }
    }

    /** Ends what JGit works at when it is cancelled, or when the repository has grown too large. */
    public ProgressMonitor watch(Repository local, BooleanSupplier cancelled) {
        return new FetchWatch(local, settings.repositoryLimit().toBytes(), cancelled);
    }

    /** The refusal of an address among a failure's causes; null when it failed for another reason. */
    public static @Nullable SourceException refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SourceException refused) {
                return refused;
            }
        }
        return null;
    }

    /** Whether the other end asked for a sign-in, or did not take the one it got. */
    public static boolean asksForSignIn(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("not authorized")
                || message.contains("Authentication is required")
                || message.contains("not permitted");
    }
}
