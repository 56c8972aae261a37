package dev.cytoplane.cli.resource;

import dev.cytoplane.cli.api.Api;
import java.util.List;
import java.util.Set;

/**
 * A kind of thing in the API.
 *
 * @param name as it is written after {@code show} and {@code delete}
 * @param plural as it is written after {@code list}
 * @param collection the last part of the list's path
 */
record Noun(String name, String plural, Scope scope, String collection, Set<Verb> verbs, List<Column> columns) {

    /** What it belongs to. */
    enum Scope {
        PLATFORM,
        ORGANIZATION,
        PROJECT,
        COMPONENT
    }

    enum Verb {
        LIST,
        SHOW,
        DELETE
    }

    private static final Set<Verb> ALL_VERBS = Set.of(Verb.LIST, Verb.SHOW, Verb.DELETE);
    private static final Set<Verb> READ = Set.of(Verb.LIST, Verb.SHOW);

    static final List<Noun> ALL = List.of(
            noun(
                    "organization",
                    Scope.PLATFORM,
                    ALL_VERBS,
                    "NAME name",
                    "DISPLAY-NAME displayName",
                    "CREATED createdAt"),
            noun(
                    "data-plane",
                    Scope.PLATFORM,
                    ALL_VERBS,
                    "NAME name",
                    "STATUS status",
                    "RUNTIME runtime",
                    "DOMAIN domain",
                    "SEEN lastSeenAt"),
            noun(
                    "project",
                    Scope.ORGANIZATION,
                    ALL_VERBS,
                    "NAME name",
                    "DISPLAY-NAME displayName",
                    "PIPELINE pipeline",
                    "CREATED createdAt"),
            noun(
                    "environment",
                    Scope.ORGANIZATION,
                    ALL_VERBS,
                    "NAME name",
                    "DATA-PLANE dataPlane",
                    "PRODUCTION production"),
            noun("pipeline", Scope.ORGANIZATION, ALL_VERBS, "NAME name", "STAGES stages"),
            new Noun(
                    "member",
                    "members",
                    Scope.ORGANIZATION,
                    "members",
                    Set.of(Verb.LIST, Verb.DELETE),
                    columns("USER username", "ROLE role", "PROJECT project", "EFFECT effect", "ID id")),
            new Noun(
                    "service-account",
                    "service-accounts",
                    Scope.ORGANIZATION,
                    "service-accounts",
                    Set.of(Verb.LIST, Verb.DELETE),
                    columns("NAME name", "CLIENT-ID clientId", "ROLE role", "PROJECT project", "CREATED createdAt")),
            new Noun(
                    "endpoint",
                    "endpoints",
                    Scope.ORGANIZATION,
                    "endpoints",
                    Set.of(Verb.LIST),
                    columns(
                            "CELL cell",
                            "COMPONENT component",
                            "NAME name",
                            "VISIBILITY visibility",
                            "HEALTH health",
                            "RELEASE release",
                            "URL url")),
            new Noun(
                    "audit",
                    "audit",
                    Scope.ORGANIZATION,
                    "audit",
                    Set.of(Verb.LIST),
                    columns("WHEN time", "ACTOR actor", "ACTION action", "RESOURCE resource")),
            noun(
                    "component",
                    Scope.PROJECT,
                    ALL_VERBS,
                    "NAME name",
                    "TYPE type",
                    "SOURCE source.kind",
                    "CREATED createdAt"),
            new Noun(
                    "cell",
                    "cells",
                    Scope.PROJECT,
                    "cells",
                    READ,
                    columns("CELL name", "VERSION version", "RUNNING observedVersion", "READY ready")),
            noun(
                    "placement",
                    Scope.PROJECT,
                    ALL_VERBS,
                    "ENVIRONMENT environment",
                    "DATA-PLANE dataPlane",
                    "CREATED createdAt"),
            noun(
                    "build",
                    Scope.COMPONENT,
                    READ,
                    "ID id",
                    "STATUS status",
                    "COMMIT commit",
                    "BRANCH branch",
                    "TRIGGER trigger",
                    "RELEASE release",
                    "CREATED createdAt"),
            noun("release", Scope.COMPONENT, READ, "ID id", "COMMIT commit", "BUILDER builder", "CREATED createdAt"),
            noun(
                    "deployment",
                    Scope.COMPONENT,
                    READ,
                    "ID id",
                    "ENVIRONMENT environment",
                    "STATUS status",
                    "KIND kind",
                    "RELEASE release",
                    "BY createdBy",
                    "CREATED createdAt"),
            new Noun(
                    "instance",
                    "instances",
                    Scope.COMPONENT,
                    "instances",
                    Set.of(Verb.LIST),
                    columns(
                            "ID id",
                            "PHASE phase",
                            "RELEASE release",
                            "RESTARTS restarts",
                            "MEMORY memoryBytes",
                            "STARTED startedAt")),
            noun(
                    "task",
                    Scope.COMPONENT,
                    Set.of(Verb.LIST),
                    "ENVIRONMENT environment",
                    "SCHEDULE schedule",
                    "TIME-ZONE timeZone",
                    "NEXT-RUN nextRunAt",
                    "RELEASE release"),
            noun(
                    "run",
                    Scope.COMPONENT,
                    READ,
                    "ID id",
                    "ENVIRONMENT environment",
                    "STATUS status",
                    "TRIGGER trigger",
                    "RELEASE release",
                    "BY requestedBy",
                    "CREATED createdAt",
                    "ENDED endedAt"),
            new Noun(
                    "token",
                    "tokens",
                    Scope.PLATFORM,
                    "me/tokens",
                    Set.of(Verb.LIST, Verb.DELETE),
                    columns(
                            "NAME name",
                            "ID id",
                            "PLATFORM-ADMIN platformAdmin",
                            "EXPIRES expiresAt",
                            "USED lastUsedAt")));

    private static Noun noun(String name, Scope scope, Set<Verb> verbs, String... columns) {
        return new Noun(name, name + "s", scope, name + "s", verbs, columns(columns));
    }

    /** Each {@code HEADING field}. */
    private static List<Column> columns(String... texts) {
        return List.of(texts).stream()
                .map(text -> text.split(" ", 2))
                .map(parts -> new Column(parts[0].replace('-', ' '), parts[1]))
                .toList();
    }

    /** Whether each is in one environment, so that a list of them can be narrowed to one. */
    boolean inEnvironments() {
        return Set.of("deployment", "instance", "run").contains(name);
    }

    /** @param owner path of what it belongs to */
    String listPath(String owner) {
        return owner + Api.path(collection.split("/"));
    }

    String path(String owner, String id) {
        return listPath(owner) + Api.path(id);
    }
}
