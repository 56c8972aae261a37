package dev.cytoplane.gateway.identity;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.ssl.SSLException;

/**
 * TLS contexts, built once for each identity and role. A renewed certificate is another identity and thereby another
 * context: new connections get it, open connections keep theirs.
 */
public final class TlsContexts {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private sealed interface Role {
        /** For the public: no client certificate is asked for. */
        record Entry() implements Role {}

        /** For other cells: a client certificate of the same trust bundle is required. */
        record Westbound() implements Role {}

        /** Towards another cell, which must be the expected one. */
        record Eastbound(String expectedPeer) implements Role {}
    }

    private record Key(CellIdentity identity, Role role) {}

    private final ConcurrentMap<Key, SslContext> contexts = new ConcurrentHashMap<>();

    /** Server side of the entry that the public uses: HTTP/2 and HTTP/1.1. */
    public SslContext entry(CellIdentity identity) {
        return context(new Key(identity, new Role.Entry()));
    }

    /** Server side towards other cells: no handshake without a client certificate that carries a SPIFFE id. */
    public SslContext westbound(CellIdentity identity) {
        return context(new Key(identity, new Role.Westbound()));
    }

    /** Client side towards the cell with the given identity, and no other. */
    public SslContext eastbound(CellIdentity identity, String expectedPeer) {
        return context(new Key(identity, new Role.Eastbound(expectedPeer)));
    }

    /** Forgets contexts of identities that are in no snapshot any more. */
    public void retain(Set<CellIdentity> identities) {
        contexts.keySet().removeIf(key -> !identities.contains(key.identity()));
    }

    private SslContext context(Key key) {
        return contexts.computeIfAbsent(key, TlsContexts::build);
    }

    private static SslContext build(Key key) {
        CellIdentity identity = key.identity();
        try {
            return switch (key.role()) {
                case Role.Entry _ ->
                    SslContextBuilder.forServer(identity.key(), identity.chain())
                            .sslProvider(SslProvider.JDK)
                            .protocols(PROTOCOLS)
                            .applicationProtocolConfig(alpn(ApplicationProtocolNames.HTTP_2))
                            .build();
                case Role.Westbound _ ->
                    SslContextBuilder.forServer(identity.key(), identity.chain())
                            .sslProvider(SslProvider.JDK)
                            .protocols(PROTOCOLS)
                            .clientAuth(ClientAuth.REQUIRE)
                            .trustManager(new PeerTrust(identity.roots(), _ -> true))
                            .build();
                case Role.Eastbound(String expectedPeer) ->
                    SslContextBuilder.forClient()
                            .sslProvider(SslProvider.JDK)
                            .protocols(PROTOCOLS)
                            .keyManager(identity.key(), identity.chain())
                            .trustManager(new PeerTrust(identity.roots(), expectedPeer::equals))
                            .build();
            };
        } catch (SSLException | GeneralSecurityException e) {
            throw new IllegalStateException("No TLS context for " + identity, e);
        }
    }

    private static ApplicationProtocolConfig alpn(String preferred) {
        return new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                preferred,
                ApplicationProtocolNames.HTTP_1_1);
    }
}
