package dev.cytoplane.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A variable of the environment that {@code cyto} reads; an option of the command line goes before it. */
public enum Variable {
    CYTOPLANE_HOME("State folder. Default: ~/.cytoplane."),
    CYTOPLANE_CONTEXT("Server and sign-in to use. Default: the current one (cyto use)."),
    CYTOPLANE_SERVER("URL of the server, in place of the context's."),
    CYTOPLANE_TOKEN("An access token or a personal access token, in place of the kept sign-in."),
    CYTOPLANE_CLIENT_ID("A service account, in place of the kept sign-in; with its secret in the next one."),
    CYTOPLANE_CLIENT_SECRET("Its secret."),
    SSL_CERT_FILE(
            "A file with the PEM certificates of the authorities that servers' certificates are checked against. Default: those that Java knows."),
    NO_COLOR("Any value: no colours."),
    CYTO_DEBUG("Any value: an error shows where in cyto it happened."),
    CYTO_NO_AOT("Any value: no caches that make programs of this machine start sooner."),
    CYTOPLANE_BUILD("never: what has changed in the clone is not built first."),
    CYTOPLANE_GATEWAY_JIT(
            "Of cyto up. c1: gateways start in half the time and serve fewer calls; for who starts many. Default: c2.");

    private final String meaning;

    Variable(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }

    /** Null when it is not set, or blank. */
    public @Nullable String in(Map<String, String> environment) {
        String value = environment.get(name());
        return value == null || value.isBlank() ? null : value.strip();
    }
}
