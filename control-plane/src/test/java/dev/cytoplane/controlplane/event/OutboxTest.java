package dev.cytoplane.controlplane.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.controlplane.api.ControlPlaneTest;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What was committed is told, at least once and in order; what was not is never told. */
@ControlPlaneTest
@Import(OutboxTest.Handlers.class)
class OutboxTest {

    @TestConfiguration(proxyBeanMethods = false)
    static class Handlers {

        @Bean
        Recorder recorder(Tenancy tenancy, JdbcClient jdbc, PlatformTransactionManager transactions) {
            return new Recorder(jdbc, transactions);
        }
    }

    /** Fails as often as it is told to. */
    static class Recorder implements EventHandler {

        final List<Event> handled = new CopyOnWriteArrayList<>();
        final List<Long> visible = new CopyOnWriteArrayList<>();
        final AtomicInteger failures = new AtomicInteger();
        private final JdbcClient jdbc;
        private final PlatformTransactionManager transactions;

        Recorder(JdbcClient jdbc, PlatformTransactionManager transactions) {
            this.jdbc = jdbc;
            this.transactions = transactions;
        }

        @Override
        public Set<String> types() {
            return Set.of("test.happened");
        }

        @Override
        public void handle(Event event) {
            if (failures.getAndUpdate(it -> Math.max(0, it - 1)) > 0) {
                throw new IllegalStateException("As told");
            }
            handled.add(event);
            visible.add(new TransactionTemplate(transactions)
                    .execute(status -> jdbc.sql("select count(distinct organization_id) from events")
                            .query(Long.class)
                            .single()));
        }

        List<Long> of(UUID organization) {
            return handled.stream()
                    .filter(it -> it.organizationId().equals(organization))
                    .map(Event::sequence)
                    .toList();
        }
    }

    @Autowired
    Recorder recorder;

    @Autowired
    Outbox outbox;

    @Autowired
    Dispatcher dispatcher;

    @Autowired
    Positions positions;

    @Autowired
    PlatformTransactionManager transactions;

    UUID organization;

    @BeforeEach
    void anOrganization() {
        organization = UUID.randomUUID();
    }

    @Test
    void tellsInOrderInTheTenancyOfTheOrganization() {
        UUID other = UUID.randomUUID();
        for (int i = 0; i < 5; i++) {
            publish(organization, "test.happened");
            publish(organization, "test.ignored");
            publish(other, "test.happened");
        }

        await().untilAsserted(() -> assertThat(recorder.of(organization)).containsExactly(1L, 3L, 5L, 7L, 9L));
        await().untilAsserted(() -> assertThat(recorder.of(other)).containsExactly(1L, 2L, 3L, 4L, 5L));
        assertThat(recorder.visible).containsOnly(1L);
    }

    @Test
    void whatWasRolledBackIsNeverTold() {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            outbox.publish(organization, "test.happened", "x", Map.of());
            status.setRollbackOnly();
        });
        publish(organization, "test.happened");

        await().untilAsserted(() -> assertThat(recorder.of(organization)).containsExactly(1L));
    }

    @Test
    void aFailureComesAgainAndHoldsBackWhatFollows() {
        recorder.failures.set(3);
        IntStream.range(0, 3).forEach(i -> publish(organization, "test.happened"));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(recorder.of(organization)).containsExactly(1L, 2L, 3L));
    }

    /** The handler did its work, and the process died before that was noted: exactly what a crash leaves. */
    @Test
    void whatWasNotNotedBeforeACrashComesAgain() {
        publish(organization, "test.happened");
        publish(organization, "test.happened");
        await().untilAsserted(() -> assertThat(recorder.of(organization)).containsExactly(1L, 2L));

        dispatcher.stop();
        positions.advance(recorder.name(), organization, 1);
        publish(organization, "test.happened");
        dispatcher.start();

        await().untilAsserted(() -> assertThat(recorder.of(organization)).containsExactly(1L, 2L, 2L, 3L));
    }

    @Test
    void writersAtTheSameTimeLeaveNoGap() throws Exception {
        try (var executor = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                executor.execute(() -> publish(organization, "test.happened"));
            }
        }

        await().untilAsserted(() -> assertThat(recorder.of(organization))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 40).boxed().toList()));
    }

    private void publish(UUID to, String type) {
        new TransactionTemplate(transactions)
                .executeWithoutResult(status -> outbox.publish(to, type, "x", Map.of("a", 1)));
    }
}
