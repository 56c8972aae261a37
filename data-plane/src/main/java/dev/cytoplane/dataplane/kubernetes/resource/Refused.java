package dev.cytoplane.dataplane.kubernetes.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;

/** The API server's no to one object: of a quota, of an admission policy, or because it makes no sense. */
public final class Refused {

    private static final int UNPROCESSABLE = 422;
    private static final int LONGEST = 600;

    private Refused() {}

    /** Empty when it is no answer to what was asked, as when the server is away: that is another matter, and passes. */
    public static Optional<String> sentence(HasMetadata object, KubernetesClientException e) {
        String cause = cause(e);
        boolean refused = switch (e.getCode()) {
            case HttpURLConnection.HTTP_BAD_REQUEST,
                    HttpURLConnection.HTTP_FORBIDDEN,
                    HttpURLConnection.HTTP_CONFLICT,
                    UNPROCESSABLE -> true;
            // A policy that cannot be asked, and must be.
            case HttpURLConnection.HTTP_INTERNAL_ERROR -> cause.contains("webhook");
            default -> false;
        };
        return refused
                ? Optional.of("the cluster refuses the %s %s: %s"
                        .formatted(object.getKind(), object.getMetadata().getName(), cause))
                : Optional.empty();
    }

    private static String cause(KubernetesClientException e) {
        String said = Optional.ofNullable(e.getStatus())
                .map(Status::getMessage)
                .or(() -> Optional.ofNullable(e.getMessage()))
                .orElse("without a reason")
                .replaceAll("\\s+", " ")
                .strip();
        return said.length() > LONGEST ? said.substring(0, LONGEST) + "…" : said;
    }
}
