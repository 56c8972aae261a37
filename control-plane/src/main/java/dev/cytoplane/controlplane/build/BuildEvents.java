package dev.cytoplane.controlplane.build;

import dev.cytoplane.controlplane.build.log.BuildLogs.Chunk;
import dev.cytoplane.controlplane.stream.Unbuffered;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * A build as server-sent events. An event's id names the offset in the log and the version of the state up to which the
 * reader knows everything, so that any instance can go on from there.
 */
@Component
class BuildEvents {

    private static final Pattern ID = Pattern.compile("(\\d{1,18})-(\\d{1,18})");
    private static final Duration QUIET = Duration.ofSeconds(15);

    private final BuildFollower follower;
    private final BuildRequests requests;
    private final Tenancy tenancy;
    private final JsonMapper json;

    BuildEvents(BuildFollower follower, BuildRequests requests, Tenancy tenancy, JsonMapper json) {
        this.follower = follower;
        this.requests = requests;
        this.tenancy = tenancy;
        this.json = json;
    }

    void send(Build build, @Nullable String lastEventId, HttpServletResponse response) throws IOException {
        Matcher known = ID.matcher(lastEventId == null ? "" : lastEventId);
        boolean resumes = known.matches();
        long offset = resumes ? Long.parseLong(known.group(1)) : 0;
        long version = resumes ? Long.parseLong(known.group(2)) : 0;
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader(Unbuffered.HEADER, Unbuffered.NO);
        response.flushBuffer();
        try {
            follower.follow(build, offset, version, new Stream(response, build.organizationId(), offset, version));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The reader has gone.
            response.setHeader("Connection", "close");
        }
    }

    private final class Stream implements BuildFollower.Reader {

        private final HttpServletResponse response;
        private final OutputStream out;
        private final UUID organization;
        private long offset;
        private long version;
        private long lastWrite = System.nanoTime();

        Stream(HttpServletResponse response, UUID organization, long offset, long version) throws IOException {
            this.response = response;
            this.out = response.getOutputStream();
            this.organization = organization;
            this.offset = offset;
            this.version = version;
        }

        @Override
        public boolean isOpen() throws IOException {
            if (System.nanoTime() - lastWrite > QUIET.toNanos()) {
                write(": still here\n\n");
            }
            return true;
        }

        @Override
        public void log(Chunk chunk) throws IOException {
            offset = chunk.end();
            event("log", Map.of("offset", chunk.offset(), "text", chunk.text()));
        }

        @Override
        public void state(Build build) throws IOException {
            version = build.version();
            BuildView view = tenancy.in(organization, () -> requests.view(build));
            event("status", view);
        }

        private void event(String type, Object data) throws IOException {
            write("id: %d-%d\nevent: %s\ndata: %s\n\n".formatted(offset, version, type, json.writeValueAsString(data)));
        }

        private void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            response.flushBuffer();
            lastWrite = System.nanoTime();
        }
    }
}
