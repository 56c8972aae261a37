package shop.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final OrderRequest TWO_MUGS = request("Ada", 2);

    @TempDir
    Path folder;

    @Test
    void keepsOrdersAcrossRestarts() throws IOException {
        Order placed;
        try (Journal journal = open()) {
            placed = journal.place(TWO_MUGS, null);
        }
        try (Journal journal = open()) {
            assertEquals(placed, journal.find(placed.id()).orElseThrow());
        }
    }

    @Test
    void placesAnOrderOnceForAnIdempotencyKey() throws IOException {
        try (Journal journal = open()) {
            Order first = journal.place(TWO_MUGS, "key");
            assertEquals(first, journal.place(TWO_MUGS, "key"));
            assertEquals(List.of(first), journal.newest(10));
        }
        try (Journal journal = open()) {
            Problem problem = assertThrows(Problem.class, () -> journal.place(request("Ada", 3), "key"));
            assertEquals(422, problem.details().status());
        }
    }

    @Test
    void forgetsALineThatWasNeverFinished() throws IOException {
        Order whole;
        try (Journal journal = open()) {
            whole = journal.place(TWO_MUGS, null);
        }
        Files.writeString(folder.resolve("orders.jsonl"), "{\"order\":{\"id\":\"torn", StandardOpenOption.APPEND);
        Order next;
        try (Journal journal = open()) {
            next = journal.place(TWO_MUGS, null);
        }
        try (Journal journal = open()) {
            assertEquals(List.of(next, whole), journal.newest(10));
        }
    }

    @Test
    void seesWhatAnotherReleaseWritesMeanwhile() throws IOException {
        try (Journal old = open();
                Journal replacement = open()) {
            Order first = old.place(TWO_MUGS, "key");
            assertEquals(first, replacement.place(TWO_MUGS, "key"));
            Order second = replacement.place(TWO_MUGS, null);
            assertEquals(List.of(second, first), old.newest(10));
        }
    }

    private Journal open() throws IOException {
        return new Journal(folder, Clock.systemUTC());
    }

    private static OrderRequest request(String customer, int quantity) {
        return new OrderRequest(customer, List.of(new Order.Line("mug", quantity)));
    }
}
