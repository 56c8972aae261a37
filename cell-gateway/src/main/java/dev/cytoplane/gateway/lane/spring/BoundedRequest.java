package dev.cytoplane.gateway.lane.spring;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;

/** Counts a body while it passes, and breaks off where it exceeds the limit. */
final class BoundedRequest extends ServerHttpRequestDecorator {
    private final long limit;

    BoundedRequest(ServerHttpRequest delegate, long limit) {
        super(delegate);
        this.limit = limit;
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return Flux.defer(() -> {
            long[] passed = {0};
            return super.getBody().handle((buffer, sink) -> {
                passed[0] += buffer.readableByteCount();
                if (passed[0] > limit) {
                    DataBufferUtils.release(buffer);
                    sink.error(new BodyTooLarge(limit));
                } else {
                    sink.next(buffer);
                }
            });
        });
    }
}
