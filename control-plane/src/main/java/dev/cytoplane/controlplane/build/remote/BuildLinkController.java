package dev.cytoplane.controlplane.build.remote;

import dev.cytoplane.contracts.build.BuildReport;
import dev.cytoplane.contracts.build.BuildResult;
import dev.cytoplane.contracts.build.BuildTask;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.controlplane.build.BuildSettings;
import dev.cytoplane.controlplane.dataplane.Callers;
import dev.cytoplane.controlplane.problem.Problem;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;

/**
 * What data planes say of builds, with their certificates; and what the pods of builds may ask, each with the token of its own:
 * {@link BuildTask#OPERATIONS}.
 */
@RestController
@RequestMapping("/link/v1/builds")
@Hidden
class BuildLinkController {

    private static final int MOST_JSON = 256 * 1024;

    private final Callers callers;
    private final Orders orders;
    private final BuildSettings settings;

    BuildLinkController(Callers callers, Orders orders, BuildSettings settings) {
        this.callers = callers;
        this.orders = orders;
        this.settings = settings;
    }

    @PutMapping
    ResponseEntity<Void> report(HttpServletRequest http, @RequestBody byte[] body) {
        String dataPlane = callers.dataPlane(http);
        BuildReport report = read(body, BuildReport.class);
        required("tools", report.tools());
        required("platform", report.platform());
        for (BuildReport.Seen seen : required("builds", report.builds())) {
            required("build", seen.build());
            required("phase", seen.phase());
        }
        orders.report(dataPlane, report);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/{build}/task")
    ResponseEntity<byte[]> task(
            @PathVariable UUID build,
            @RequestHeader(name = BuildTask.TOKEN, required = false) @Nullable String token,
            @RequestParam String pod) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(ContractJson.canonical(claim(build, token, pod).task()));
    }

    @GetMapping("/{build}/source")
    ResponseEntity<Resource> source(
            @PathVariable UUID build,
            @RequestHeader(name = BuildTask.TOKEN, required = false) @Nullable String token,
            @RequestParam String pod) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/gzip"))
                .body(new FileSystemResource(claim(build, token, pod).source()));
    }

    @PostMapping("/{build}/log")
    ResponseEntity<Void> log(
            HttpServletRequest http,
            @PathVariable UUID build,
            @RequestHeader(name = BuildTask.TOKEN, required = false) @Nullable String token,
            @RequestParam String pod,
            @RequestParam long from)
            throws IOException {
        Order order = claim(build, token, pod);
        order.lines(from, new String(body(http, BuildTask.MOST_LOG), StandardCharsets.UTF_8));
        return ResponseEntity.noContent().build();
    }

    /** One that comes again, since its answer was lost, takes the place of the one before. */
    @PutMapping("/{build}/artifact")
    ResponseEntity<Void> artifact(
            HttpServletRequest http,
            @PathVariable UUID build,
            @RequestHeader(name = BuildTask.TOKEN, required = false) @Nullable String token,
            @RequestParam String pod)
            throws IOException {
        Order order = claim(build, token, pod);
        order.packed();
        order.brought(store(http.getInputStream(), order.artifact()));
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/{build}/result")
    ResponseEntity<Void> result(
            HttpServletRequest http,
            @PathVariable UUID build,
            @RequestHeader(name = BuildTask.TOKEN, required = false) @Nullable String token,
            @RequestParam String pod)
            throws IOException {
        Order order = claim(build, token, pod);
        BuildResult result = read(body(http, MOST_JSON), BuildResult.class);
        switch (result) {
            case BuildResult.Failed failed -> required("message", failed.message());
            case BuildResult.Built built -> {
                required("digest", built.digest());
                required("kind", built.kind());
                required("command", built.command()).forEach(word -> required("command", word));
                required("environment", built.environment()).values().forEach(value -> required("environment", value));
                required("component", built.component());
            }
        }
        order.end(result);
        return ResponseEntity.noContent().build();
    }

    private Order claim(UUID build, @Nullable String token, String pod) {
        Order order = orders.open(build, token)
                .orElseThrow(() -> Problem.of(
                        HttpStatus.UNAUTHORIZED,
                        "unknown-build",
                        "No such build is under way, or not with this token."));
        order.claim(pod);
        return order;
    }

    private String store(InputStream in, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            long left = settings.diskLimit().toBytes();
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                left -= read;
                if (left < 0) {
                    throw Problem.of(
                            HttpStatus.CONTENT_TOO_LARGE,
                            "artifact-too-large",
                            "The artifact is larger than %d MB (limit cytoplane.build.disk-limit)."
                                    .formatted(settings.diskLimit().toMegabytes()));
                }
                sha.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
            return "sha256:" + HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    private static byte[] body(HttpServletRequest http, int most) throws IOException {
        byte[] body = http.getInputStream().readNBytes(most + 1);
        if (body.length > most) {
            throw Problem.of(
                    HttpStatus.CONTENT_TOO_LARGE, "too-large", "The body is larger than %d bytes.".formatted(most));
        }
        return body;
    }

    private static <T> T read(byte[] body, Class<T> type) {
        try {
            return Objects.requireNonNull(ContractJson.MAPPER.readValue(body, type));
        } catch (JacksonException | NullPointerException e) {
            throw Problem.invalid("body", "is not a " + type.getSimpleName() + " of the link's contract");
        }
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw Problem.invalid(field, "is missing");
        }
        return value;
    }
}
