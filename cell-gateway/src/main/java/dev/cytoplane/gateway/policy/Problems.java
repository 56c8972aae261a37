package dev.cytoplane.gateway.policy;

import java.util.Set;
import java.util.TreeSet;

/** The answers a gateway gives by itself. */
public final class Problems {
    private Problems() {}

    public static Problem badRequest(String reason) {
        return Problem.of(400, "bad-request", "The request cannot be understood", reason);
    }

    static Problem methodNotAllowed(String method) {
        return Problem.of(
                405, "method-not-allowed", "Method not allowed", "The gateway does not pass on " + method + ".");
    }

    public static Problem unknownHost(String host) {
        return Problem.of(404, "unknown-host", "Nothing is published here", "No cell has the host name " + host + ".");
    }

    public static Problem unknownPath() {
        return Problem.of(
                404,
                "unknown-path",
                "Nothing is published here",
                "The cell offers no endpoint under this path to callers like you.");
    }

    public static Problem unknownConnection() {
        return Problem.of(
                403,
                "unknown-connection",
                "The connection is not declared",
                "The first part of the path is not the key of a connection of this cell. Declare the connection in"
                        + " cytoplane.yaml and call the address in its environment variable.");
    }

    static Problem notDeclared(String caller) {
        return Problem.of(
                403,
                "caller-not-declared",
                "The calling cell has not declared this connection",
                caller + " may call this endpoint after its project declares a connection to it.");
    }

    /** Without a token no error code is told (RFC 6750, section 3.1). */
    static Problem tokenMissing() {
        return Problem.of(401, "token-missing", "Sign-in is required", "Send a token: Authorization: Bearer <token>.")
                .with("WWW-Authenticate", "Bearer realm=\"cytoplane\"");
    }

    static Problem tokenRefused(String reason) {
        return Problem.of(401, "token-refused", "The token is not accepted", reason)
                .with(
                        "WWW-Authenticate",
                        "Bearer realm=\"cytoplane\", error=\"invalid_token\", error_description=\"" + reason + "\"");
    }

    static Problem scopeMissing(Set<String> scopes) {
        String needed = String.join(" ", new TreeSet<>(scopes));
        return Problem.of(
                        403,
                        "scope-missing",
                        "The token does not carry the scopes this call needs",
                        "Ask for a token with: " + needed + ".")
                .with(
                        "WWW-Authenticate",
                        "Bearer realm=\"cytoplane\", error=\"insufficient_scope\", scope=\"" + needed + "\"");
    }

    static Problem signInUnavailable() {
        return Problem.of(
                        503,
                        "sign-in-unavailable",
                        "Tokens cannot be checked now",
                        "The identity provider's keys cannot be had; nothing is let through until they can.")
                .with("Retry-After", "2");
    }

    static Problem tooLarge(long limit) {
        return Problem.of(413, "body-too-large", "The body is too large", "At most " + limit + " bytes are passed on.");
    }

    public static Problem bodyTooLarge(long limit) {
        return tooLarge(limit);
    }

    static Problem targetTooLong(int limit) {
        return Problem.of(414, "target-too-long", "The URL is too long", "At most " + limit + " characters.");
    }

    static Problem headersTooLarge(int limit) {
        return Problem.of(
                431, "headers-too-large", "There are too many headers", "At most " + limit + " header fields.");
    }

    public static Problem noInstance(String detail) {
        return Problem.of(503, "no-instance", "The service is not ready", detail)
                .with("Retry-After", "1");
    }

    public static Problem upstreamBroke(String detail) {
        return Problem.of(502, "upstream-broke", "The service broke off", detail);
    }

    public static Problem upstreamSlow(String detail) {
        return Problem.of(504, "upstream-slow", "The service did not answer in time", detail);
    }

    public static Problem internal() {
        return Problem.of(
                500, "gateway-fault", "The gateway failed", "This is a fault of the gateway; its log says more.");
    }
}
