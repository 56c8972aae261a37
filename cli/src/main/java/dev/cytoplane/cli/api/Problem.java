package dev.cytoplane.cli.api;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** An answer of the API that is not a success (RFC 9457), as a failure that says what to do. */
public final class Problem extends Failure {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;

    private Problem(int status, String type, ExitCode exitCode, String message, @Nullable String advice) {
        super(exitCode, message, advice);
        this.status = status;
        this.type = type;
    }

    public int status() {
        return status;
    }

    /** The last part of the problem's type; empty when the answer was not a problem document. */
    public String slug() {
        return type.substring(type.lastIndexOf('/') + 1);
    }

    /** @param body what the server said; need not be JSON, since a proxy may have answered */
    static Problem of(int status, String body, @Nullable String wwwAuthenticate) {
        JsonNode document = parse(body);
        String detail = Json.text(document, "detail");
        String title = Json.text(document, "title");
        StringBuilder message = new StringBuilder(
                !detail.isEmpty() ? detail : !title.isEmpty() ? title : "The server answered " + status + ".");
        List<JsonNode> errors = Json.list(document, "errors");
        for (JsonNode error : errors) {
            String line = Json.text(error, "field") + ": " + Json.text(error, "message");
            if (!message.toString().contains(line)) {
                message.append("\n  ").append(line);
            }
        }
        boolean expired = wwwAuthenticate != null && wwwAuthenticate.contains("expired");
        return new Problem(
                status, Json.text(document, "type"), exitCode(status), message.toString(), advice(status, expired));
    }

    private static JsonNode parse(String body) {
        try {
            JsonNode parsed = Json.parse(body);
            return parsed.isObject() ? parsed : Json.object();
        } catch (JacksonException e) {
            return Json.object();
        }
    }

    private static ExitCode exitCode(int status) {
        return switch (status) {
            case 401 -> ExitCode.NOT_SIGNED_IN;
            case 403 -> ExitCode.FORBIDDEN;
            case 404 -> ExitCode.NOT_FOUND;
            case 409, 412, 428 -> ExitCode.CONFLICT;
            case 502, 503, 504 -> ExitCode.UNREACHABLE;
            default -> ExitCode.FAILED;
        };
    }

    private static @Nullable String advice(int status, boolean expired) {
        return switch (status) {
            case 401 -> (expired ? "Your session has ended. " : "") + "Sign in: cyto login";
            case 404 -> "Check the names with cyto list; what you may not see also counts as missing.";
            case 412 -> "Someone else changed it meanwhile. Look at it again, then repeat.";
            case 413 -> "Leave out what the build does not need (.gitignore).";
            case 429 -> "Too many requests: wait a little, then repeat.";
            case 500 -> "This is a fault of the server. Its log says more (cyto logs --service control-plane).";
            case 502, 503, 504 -> "The server is starting, busy or down: wait a little, then repeat.";
            default -> null;
        };
    }
}
