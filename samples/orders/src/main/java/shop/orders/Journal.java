package shop.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * All orders, in one file that only grows: one line of JSON for each. An order counts once its whole line is on the
 * disk. While a new release replaces an old one, both run and share the file: a writer holds its lock, and everyone
 * first reads what the others have added.
 */
final class Journal implements AutoCloseable {

    private record Entry(String idempotencyKey, Order order) {}

    private final Gson gson = new Gson();
    private final FileChannel file;
    private final Clock clock;

    private final List<Order> orders = new ArrayList<>();
    private final Map<String, Order> byId = new HashMap<>();
    private final Map<String, Order> byIdempotencyKey = new HashMap<>();
    private long read;

    Journal(Path folder, Clock clock) throws IOException {
        Files.createDirectories(folder);
        this.file = FileChannel.open(
                folder.resolve("orders.jsonl"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        this.clock = clock;
        catchUp();
    }

    /** The order for {@code request}: a new one, or the earlier one when the key (may be null) was used before. */
    synchronized Order place(OrderRequest request, String idempotencyKey) throws IOException {
        try (FileLock _ = file.lock()) {
            catchUp();
            // Behind the last whole line there can only be what a writer left that was killed half-way.
            file.truncate(read);
            Order known = byIdempotencyKey.get(idempotencyKey);
            if (known != null) {
                if (!known.answers(request)) {
                    throw Problem.of(422, "Idempotency key used before", "This key belongs to a different order.");
                }
                return known;
            }
            var order = new Order(
                    UUID.randomUUID().toString(),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS).toString(),
                    request.customer(),
                    request.lines());
            append(new Entry(idempotencyKey, order));
            return order;
        }
    }

    synchronized Optional<Order> find(String id) throws IOException {
        catchUp();
        return Optional.ofNullable(byId.get(id));
    }

    /** The newest first. */
    synchronized List<Order> newest(int limit) throws IOException {
        catchUp();
        return orders.reversed().stream().limit(limit).toList();
    }

    private void append(Entry entry) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((gson.toJson(entry) + "\n").getBytes(UTF_8));
        long end = read + line.remaining();
        while (line.hasRemaining()) {
            file.write(line, end - line.remaining());
        }
        file.force(true);
        read = end;
        index(entry);
    }

    private void catchUp() throws IOException {
        ByteBuffer news = ByteBuffer.allocate(Math.toIntExact(Math.max(0, file.size() - read)));
        while (news.hasRemaining() && file.read(news, read + news.position()) > 0) {}
        int start = 0;
        for (int i = 0; i < news.position(); i++) {
            if (news.get(i) == '\n') {
                index(gson.fromJson(new String(news.array(), start, i - start, UTF_8), Entry.class));
                start = i + 1;
            }
        }
        read += start;
    }

    private void index(Entry entry) {
        orders.add(entry.order());
        byId.put(entry.order().id(), entry.order());
        if (entry.idempotencyKey() != null) {
            byIdempotencyKey.put(entry.idempotencyKey(), entry.order());
        }
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
