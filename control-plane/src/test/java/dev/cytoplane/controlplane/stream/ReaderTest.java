package dev.cytoplane.controlplane.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

class ReaderTest {

    /** As the container answers when the connection has broken and it has said so. */
    private static final class Broken extends SseEmitter {

        private final AtomicInteger completions = new AtomicInteger();

        @Override
        public void complete() {
            completions.incrementAndGet();
            throw new IllegalStateException("after an error had occurred");
        }
    }

    @Test
    void aStreamWhoseReaderLeavesAsItEndsEndsQuietly() {
        Broken emitter = new Broken();

        assertThatCode(new Reader(emitter)::end).doesNotThrowAnyException();

        assertThat(emitter.completions).hasValue(1);
    }
}
