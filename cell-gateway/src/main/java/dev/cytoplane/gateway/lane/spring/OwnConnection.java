package dev.cytoplane.gateway.lane.spring;

import io.netty.channel.Channel;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyInbound;
import reactor.netty.NettyOutbound;

/**
 * An upstream connection for as long as it is this exchange's own. A caller may go away just after the whole answer came
 * from upstream: Spring's filter then closes the connection, which is back in the pool by that time and carries another
 * exchange, whose caller would get 502. Here a connection that was given back is left alone.
 */
final class OwnConnection implements Connection {
    private final Connection connection;
    /** Written and read by the connection's event loop only, which also gives it back to the pool. */
    private boolean givenBack;

    private OwnConnection(Connection connection) {
        this.connection = connection;
    }

    /** From now on the exchange's connection is closed only while it is its own. */
    static void guard(ServerWebExchange exchange) {
        Connection connection = exchange.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR);
        if (connection != null && !(connection instanceof OwnConnection)) {
            OwnConnection own = new OwnConnection(connection);
            connection.onTerminate().subscribe(_ -> {}, _ -> own.givenBack = true, () -> own.givenBack = true);
            exchange.getAttributes().put(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR, own);
        }
    }

    @Override
    public void dispose() {
        if (channel().eventLoop().inEventLoop()) {
            disposeIfOwn();
        } else {
            channel().eventLoop().execute(this::disposeIfOwn);
        }
    }

    private void disposeIfOwn() {
        if (!givenBack) {
            connection.dispose();
        }
    }

    @Override
    public Channel channel() {
        return connection.channel();
    }

    @Override
    public NettyInbound inbound() {
        return connection.inbound();
    }

    @Override
    public NettyOutbound outbound() {
        return connection.outbound();
    }

    @Override
    public boolean isDisposed() {
        return connection.isDisposed();
    }

    @Override
    public Mono<Void> onTerminate() {
        return connection.onTerminate();
    }
}
