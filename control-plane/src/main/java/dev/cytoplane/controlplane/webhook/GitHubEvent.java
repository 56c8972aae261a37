package dev.cytoplane.controlplane.webhook;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parts of GitHub's payloads that matter here. What a payload says of its repository is compared with the
 * component's own and used for nothing else: the platform fetches from the address it has, never from one it is told.
 */
record GitHubEvent(String name, JsonNode payload) {

    static final String PUSH = "push";

    private static final int FILES_KEPT = 1000;
    private static final int TEXT_KEPT = 1000;
    private static final Pattern ACTION = Pattern.compile("[a-z_]{1,60}");
    private static final int REF_LIMIT = 200;
    private static final String NO_COMMIT = "0".repeat(40);
    private static final List<String> ADDRESSES = List.of("clone_url", "html_url", "git_url", "ssh_url", "url");

    /** GitHub names at most this many commits of a push; with more, the list of changed files is not whole. */
    private static final int COMMITS_NAMED = 2048;

    @Nullable
    String action() {
        String action = text(payload.path("action"));
        return action != null && ACTION.matcher(action).matches() ? action : null;
    }

    /** Null also when it is no name that Git takes. */
    @Nullable
    String ref() {
        String ref = text(payload.path("ref"));
        return ref != null && ref.length() <= REF_LIMIT && Repository.isValidRefName(ref) ? ref : null;
    }

    /** The commit the branch points to now; null when the branch was deleted. */
    @Nullable
    String commit() {
        String after = text(payload.path("after"));
        boolean deleted = payload.path("deleted").asBoolean(false) || NO_COMMIT.equals(after);
        return deleted ? null : after;
    }

    boolean isAbout(URI repository) {
        String wanted = normal(repository.toString());
        JsonNode node = payload.path("repository");
        return ADDRESSES.stream()
                .map(field -> text(node.path(field)))
                .anyMatch(address -> address != null && normal(address).equals(wanted));
    }

    /** Files that the push changed; empty when the payload does not tell all of them. */
    Set<String> changedFiles() {
        JsonNode commits = payload.path("commits");
        boolean whole = commits.isArray()
                && !commits.isEmpty()
                && commits.size() < COMMITS_NAMED
                && !payload.path("forced").asBoolean(false)
                && !payload.path("created").asBoolean(false);
        if (!whole) {
            return Set.of();
        }
        Set<String> files = new LinkedHashSet<>();
        commits.valueStream()
                .flatMap(commit -> Stream.of("added", "modified", "removed")
                        .flatMap(kind -> commit.path(kind).valueStream()))
                .forEach(file -> {
                    String path = text(file);
                    if (path != null) {
                        files.add(path);
                    }
                });
        return files;
    }

    /**
     * A push without what does not decide over it, small enough to be kept and to be decided anew. Where a push changed
     * more files than are kept it looks as if it did not tell them. Null for what is no push.
     */
    @Nullable
    JsonNode essence() {
        if (!name.equals(PUSH)) {
            return null;
        }
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        kept.put("deleted", commit() == null && payload.has("after"));
        keep(kept, "ref", ref());
        keep(kept, "after", text(payload.path("after")));
        ObjectNode repository = kept.putObject("repository");
        ADDRESSES.forEach(
                field -> keep(repository, field, text(payload.path("repository").path(field))));
        Set<String> files = changedFiles();
        if (files.size() <= FILES_KEPT && files.stream().allMatch(GitHubEvent::isStorable)) {
            ArrayNode modified = kept.putArray("commits").addObject().putArray("modified");
            files.forEach(modified::add);
        }
        return kept;
    }

    private static void keep(ObjectNode kept, String field, @Nullable String value) {
        if (value != null && isStorable(value)) {
            kept.put(field, value);
        }
    }

    /** PostgreSQL takes neither NUL nor halves of characters. */
    private static boolean isStorable(String text) {
        return text.length() <= TEXT_KEPT
                && text.indexOf(0) < 0
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** Host and path: GitHub writes one repository's address in several ways, and ignores case. */
    private static String normal(String address) {
        String text = address.toLowerCase(Locale.ROOT)
                .replaceFirst("^[a-z+]+://", "")
                .replaceFirst("^[^/@]*@", "")
                .replaceFirst("^([^/:]+):(?!\\d)", "$1/");
        text = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        return text.endsWith(".git") ? text.substring(0, text.length() - 4) : text;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() && !node.stringValue().isBlank() ? node.stringValue() : null;
    }
}
