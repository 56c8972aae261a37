package dev.cytoplane.gateway.lane.spring;

import dev.cytoplane.gateway.identity.SpiffeId;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * The identity on the other side of a connection, read once a connection. A certificate that expires ends the
 * identity although the connection stays open.
 */
record PeerCertificate(@Nullable String spiffeId, Instant expiresAt) {
    private static final AttributeKey<PeerCertificate> KEY = AttributeKey.valueOf(PeerCertificate.class, "peer");
    private static final PeerCertificate NONE = new PeerCertificate(null, Instant.MAX);

    static PeerCertificate of(Channel channel) {
        Channel connection = channel.parent() != null && channel.pipeline().get(SslHandler.class) == null
                ? channel.parent()
                : channel;
        PeerCertificate known = connection.attr(KEY).get();
        if (known == null) {
            known = read(connection);
            connection.attr(KEY).set(known);
        }
        return known;
    }

    private static PeerCertificate read(Channel connection) {
        SslHandler handler = connection.pipeline().get(SslHandler.class);
        if (handler == null) {
            return NONE;
        }
        try {
            Certificate leaf = handler.engine().getSession().getPeerCertificates()[0];
            return leaf instanceof X509Certificate certificate
                    ? new PeerCertificate(
                            SpiffeId.of(certificate), certificate.getNotAfter().toInstant())
                    : NONE;
        } catch (SSLPeerUnverifiedException e) {
            return NONE;
        }
    }

    @Nullable
    String idAt(Instant now) {
        return now.isBefore(expiresAt) ? spiffeId : null;
    }
}
