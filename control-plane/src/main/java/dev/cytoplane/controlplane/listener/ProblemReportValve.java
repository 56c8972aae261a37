package dev.cytoplane.controlplane.listener;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** What the server itself refuses, before any of our code sees it, is a problem detail too and tells nothing of the server. */
public final class ProblemReportValve extends ErrorReportValve {

    private static final String DETAIL =
            "The server could not read the request as HTTP: look at its path, headers and framing.";

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int code = response.getStatus();
        if (code < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        HttpStatus status = HttpStatus.resolve(code);
        String title = status == null ? "Error" : status.getReasonPhrase();
        try {
            response.setContentType("application/problem+json");
            var writer = response.getReporter();
            if (writer != null) {
                // No text of the request is in it, so there is nothing to escape.
                writer.write("""
                        {"type":"https://cytoplane.dev/problems/malformed-request","title":"%s","status":%d,"detail":"%s"}""".formatted(title, code, DETAIL));
                response.finishResponse();
            }
        } catch (IOException | IllegalStateException e) {
            // The client is gone: nobody is left to tell.
            container.getLogger().debug("A refusal could not be sent", e);
        }
    }
}
