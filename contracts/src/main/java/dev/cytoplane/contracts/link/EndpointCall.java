package dev.cytoplane.contracts.link;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call of an endpoint on somebody's behalf, and what came of it. */
public final class EndpointCall {

    private EndpointCall() {}

    /** How much of an answer's body is told, in bytes. */
    public static final int MOST_BODY = 256 * 1024;

    public record Header(String name, String value) {}

    /**
     * @param path path and query below the endpoint's own address, with a slash first; no segment is {@code .} or {@code ..}
     * @param body what is sent, as text
     */
    public record Request(
            String method,
            String path,
            List<Header> headers,
            @Nullable String body) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Answered.class, name = "ANSWERED"),
        @JsonSubTypes.Type(value = Unanswered.class, name = "UNANSWERED")
    })
    public sealed interface Outcome {}

    /**
     * The gateway answered, with the component's answer or with its own.
     *
     * @param body Base64, at most {@link #MOST_BODY} bytes
     * @param complete whether that is all of it
     * @param millis until the head of the answer was there
     */
    public record Answered(int status, List<Header> headers, String body, boolean complete, long millis)
            implements Outcome {}

    /** @param reason a sentence */
    public record Unanswered(String reason) implements Outcome {}
}
