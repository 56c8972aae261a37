package dev.cytoplane.gateway.testing;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.SslProvider;

/** Calls a port of this machine under any host name, with any certificate. */
public final class Caller {
    /** An answer with its body. */
    public record Answer(int status, String body, HttpHeaders headers, String protocol) {}

    private final HttpClient client;

    private Caller(HttpClient client) {
        this.client = client;
    }

    public static Caller of(int port, String host) {
        return new Caller(HttpClient.create(ConnectionProvider.newConnection())
                .remoteAddress(() -> new InetSocketAddress("127.0.0.1", port))
                .headers(headers -> headers.set("Host", host)));
    }

    /** TLS that believes {@code authority}, asks for the server {@code host}, and shows {@code credential}. */
    public Caller tls(TestAuthority authority, String host, TestAuthority.@Nullable Credential credential) {
        return new Caller(client.secure(provider(authority, host, credential)));
    }

    public Caller http2(TestAuthority authority, String host) {
        return new Caller(client.protocol(HttpProtocol.H2).secure(spec -> {
            try {
                spec.sslContext(SslContextBuilder.forClient()
                                .trustManager(authority.root())
                                .applicationProtocolConfig(new io.netty.handler.ssl.ApplicationProtocolConfig(
                                        io.netty.handler.ssl.ApplicationProtocolConfig.Protocol.ALPN,
                                        io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior
                                                .NO_ADVERTISE,
                                        io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior
                                                .ACCEPT,
                                        "h2"))
                                .build())
                        .serverNames(new SNIHostName(host));
            } catch (SSLException e) {
                throw new IllegalStateException(e);
            }
        }));
    }

    private static SslProvider provider(
            TestAuthority authority, String host, TestAuthority.@Nullable Credential credential) {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient().trustManager(authority.root());
            if (credential != null) {
                builder.keyManager(credential.key(), credential.certificate());
            }
            SslContext context = builder.build();
            return SslProvider.addHandlerConfigurator(
                    SslProvider.builder()
                            .sslContext(context)
                            .serverNames(new SNIHostName(host))
                            .build(),
                    handler -> {
                        SSLParameters parameters = handler.engine().getSSLParameters();
                        parameters.setEndpointIdentificationAlgorithm(null);
                        handler.engine().setSSLParameters(parameters);
                    });
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpClient client() {
        return client;
    }

    public Answer get(String path, String... headersAndValues) {
        return send("GET", path, null, headersAndValues);
    }

    public Answer send(String method, String path, @Nullable String body, String... headersAndValues) {
        HttpClient prepared = client.headers(headers -> {
            for (int i = 0; i < headersAndValues.length; i += 2) {
                headers.add(headersAndValues[i], headersAndValues[i + 1]);
            }
        });
        return Objects.requireNonNull(prepared.request(HttpMethod.valueOf(method))
                .uri(path)
                .send(
                        body == null
                                ? Mono.empty()
                                : Mono.fromSupplier(() -> Unpooled.copiedBuffer(body, StandardCharsets.UTF_8)))
                .responseSingle((response, content) -> content.asString()
                        .defaultIfEmpty("")
                        .map(text -> new Answer(
                                response.status().code(),
                                text,
                                response.responseHeaders(),
                                response.version().text())))
                .block(Duration.ofSeconds(20)));
    }
}
