package dev.cytoplane.gateway.upstream;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.net.SocketException;

/**
 * Refuses connections to this machine, asked at the address and so whatever name leads to it. A third party is never here, and
 * no policy of a network holds back what stays on a machine: its other listeners, those of neighbours among them.
 */
@Sharable
final class NotHere extends ChannelOutboundHandlerAdapter {

    static final NotHere INSTANCE = new NotHere();

    private NotHere() {}

    @Override
    public void connect(
            ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
        if (remote instanceof InetSocketAddress address && isHere(address.getAddress())) {
            promise.setFailure(new NoRouteToHostException("A third party is never on this machine"));
            return;
        }
        context.connect(remote, local, promise);
    }

    private static boolean isHere(InetAddress address) {
        try {
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || address.isLinkLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true;
        }
    }
}
