package dev.cytoplane.endtoend.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.EventStream;
import dev.cytoplane.endtoend.platform.EventStream.Event;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.ProcessTable;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@WithPlatform
class ControlPlaneCrashTest {

    /** As Last-Event-ID: everything that there is. */
    private static final String BEGINNING = "0";

    private final Platform platform;

    ControlPlaneCrashTest(Platform platform) {
        this.platform = platform;
    }

    /** SIGINT is PostgreSQL's own fast shutdown: a restart by an administrator. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"control-plane, KILL", "postgres, KILL", "postgres, INT"})
    void everyAcknowledgedWriteIsThereAfterAnEndInItsMiddleAndNoneIsThereTwice(String service, String signal) {
        Shop shop = Shop.open(platform, "write-" + service);
        // Known before, so that the end comes in the middle and not after hundreds.
        long before = platform.services().pid(service);
        Writers writers = Writers.start(shop.sandbox, 4);
        Waits.until(
                "there is a stream of writes",
                () -> assertThat(writers.acknowledged()).hasSizeGreaterThan(20));

        ProcessTable.signal(signal, before);
        platform.services().awaitAgain(service, before);
        // Whoever only had to wait for a moment has met nothing, and would go on.
        Set<String> unsure = writers.stop();

        assertThat(writers.present()).containsAll(writers.acknowledged());
        // Whoever got no answer asks again with the same key, and gets the one that was meant or a new one.
        unsure.forEach(name -> Waits.until(
                name + " is made",
                Waits.LONG,
                () -> assertThat(writers.create(name).status()).isEqualTo(201)));
        List<String> present = writers.present();
        assertThat(present).doesNotHaveDuplicates().containsAll(unsure).containsAll(writers.acknowledged());

        // Of what has no answer either all is there or nothing: the project, its event, its line in the audit log.
        JsonNode audit = writers.verification();
        assertThat(audit.path("valid").asBoolean()).as(audit.toString()).isTrue();
        assertThat(writers.auditedCreations()).containsExactlyInAnyOrderElementsOf(present);
        shop.release("after the end");
        shop.assertNoOrphans();
    }

    @Test
    void aStreamOfEventsGoesOnWhereItWasAfterACrash() {
        Shop shop = Shop.open(platform, "crash-events");
        String path = "/organizations/" + shop.sandbox.organization() + "/events";
        List<Event> seen = EventStream.read(platform, path, BEGINNING, 3);

        long before = platform.services().kill("control-plane");
        platform.services().awaitAgain("control-plane", before);
        shop.sandbox.create("later");

        List<Event> resumed = EventStream.read(platform, path, seen.getLast().id(), 1);
        List<Event> whole = EventStream.read(platform, path, BEGINNING, seen.size() + 1);
        assertThat(whole.subList(0, seen.size())).isEqualTo(seen.subList(0, seen.size()));
        assertThat(resumed.getFirst()).isEqualTo(whole.get(seen.size()));
    }
}
