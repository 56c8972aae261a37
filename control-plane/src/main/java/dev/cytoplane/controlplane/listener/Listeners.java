package dev.cytoplane.controlplane.listener;

import dev.cytoplane.controlplane.dataplane.LinkTls;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.Ordered;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Opens the listeners, and knows which port is whose. */
@Component
public class Listeners implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final ListenerSettings settings;
    private final ServerProperties server;
    private final ObjectProvider<LinkTls> tls;
    private @Nullable SslBundle secured;
    private final Map<Listener, Connector> connectors = new EnumMap<>(Listener.class);

    Listeners(ListenerSettings settings, ServerProperties server, ObjectProvider<LinkTls> tls) {
        this.settings = settings;
        this.server = server;
        this.tls = tls;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof org.apache.catalina.core.StandardHost host) {
                host.setErrorReportValveClass(ProblemReportValve.class.getName());
            }
        });
        Integer webhook = settings.webhook().port();
        if (webhook != null) {
            factory.addAdditionalConnectors(open(Listener.WEBHOOK, webhook));
        }
        Integer link = settings.link().port();
        if (link != null) {
            Connector connector = open(Listener.LINK, link);
            SslBundle bundle = tls.getObject().bundle();
            secured = bundle;
            connector.setSecure(true);
            connector.setScheme("https");
            connector.setProperty("SSLEnabled", "true");
            connector.addSslHostConfig(host(bundle));
            factory.addAdditionalConnectors(connector);
        }
    }

    /** The port that a listener is open on, also when any free one was asked for. Empty for the API's and a closed one. */
    public OptionalInt port(Listener listener) {
        Connector connector = connectors.get(listener);
        return connector == null ? OptionalInt.empty() : OptionalInt.of(connector.getLocalPort());
    }

    Listener of(int localPort) {
        for (var entry : connectors.entrySet()) {
            if (entry.getValue().getLocalPort() == localPort) {
                return entry.getKey();
            }
        }
        return Listener.API;
    }

    /**
     * Takes the link's certificate when it was renewed: new connections get the new one, and what is open goes on.
     */
    @Scheduled(fixedDelayString = "PT5M", initialDelayString = "PT5M")
    public synchronized void renew() {
        Connector link = connectors.get(Listener.LINK);
        if (link == null || !(link.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http)) {
            return;
        }
        SslBundle bundle = tls.getObject().bundle();
        if (bundle != secured) {
            http.addSslHostConfig(host(bundle), true);
            secured = bundle;
            LOG.info("The link's certificate was renewed");
        }
    }

    private Connector open(Listener listener, int port) {
        var connector = new Connector();
        connector.setPort(port);
        connector.setThrowOnFailure(true);
        connector.setXpoweredBy(false);
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
            http.setAddress(address());
            http.setExecutor(new VirtualThreadExecutor(listener.name().toLowerCase(java.util.Locale.ROOT) + "-"));
            http.setMaxHttpRequestHeaderSize(
                    (int) server.getMaxHttpRequestHeaderSize().toBytes());
            http.setConnectionTimeout(20_000);
            // A body that is not wanted is not read to its end either.
            http.setMaxSwallowSize(2 * 1024 * 1024);
        }
        connectors.put(listener, connector);
        return connector;
    }

    private java.net.@Nullable InetAddress address() {
        return server.getAddress();
    }

    /** A certificate is wanted, and checked when it comes; joining happens before a data plane has one. */
    private static SSLHostConfig host(SslBundle bundle) {
        var host = new SSLHostConfig();
        host.setProtocols("TLSv1.3");
        host.setCertificateVerification("optional");
        host.setTrustStore(bundle.getStores().getTrustStore());
        var certificate = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystore(bundle.getStores().getKeyStore());
        String password = bundle.getKey().getPassword();
        if (password == null) {
            password = bundle.getStores().getKeyStorePassword();
        }
        certificate.setCertificateKeystorePassword(password);
        if (bundle.getKey().getAlias() != null) {
            certificate.setCertificateKeyAlias(bundle.getKey().getAlias());
        }
        host.addCertificate(certificate);
        return host;
    }

    /** After Boot's own, which settle the main listener. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
