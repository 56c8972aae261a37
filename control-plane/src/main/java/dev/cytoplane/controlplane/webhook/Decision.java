package dev.cytoplane.controlplane.webhook;

import dev.cytoplane.controlplane.source.ComponentSource;
import dev.cytoplane.controlplane.source.Revisions;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a proven delivery leads to. Pure. */
sealed interface Decision {

    /** One sentence for people. */
    String message();

    record Pong(String message) implements Decision {}

    record Ignore(String message) implements Decision {}

    record StartBuild(String branch, String commit, String message) implements Decision {}

    String HEADS = "refs/heads/";

    static Decision of(GitHubEvent event, Webhook webhook, ComponentSource source) {
        return switch (event.name()) {
            case "ping" -> new Pong("The webhook works.");
            case GitHubEvent.PUSH -> push(event, webhook, source);
            default ->
                new Ignore("Only pushes are built; %s%s is not one."
                        .formatted(event.name(), event.action() == null ? "" : " (" + event.action() + ")"));
        };
    }

    private static Decision push(GitHubEvent event, Webhook webhook, ComponentSource source) {
        URI repository = source.url();
        if (repository == null) {
            return new Ignore("The component is built from its repository on the platform; push there.");
        }
        if (!event.isAbout(repository)) {
            return new Ignore("The push is to another repository than the component's, %s.".formatted(repository));
        }
        String ref = event.ref();
        String commit = event.commit();
        if (ref == null || !ref.startsWith(HEADS)) {
            return new Ignore("Only branches are built, and %s is none.".formatted(ref));
        }
        String branch = ref.substring(HEADS.length());
        if (commit == null) {
            return new Ignore("The branch %s was deleted.".formatted(branch));
        }
        if (!Revisions.isCommitId(commit)) {
            return new Ignore("The payload names no commit.");
        }
        String refusal = refusal(event, webhook, source, branch);
        return refusal == null
                ? new StartBuild(branch, commit, "A build of %s was queued.".formatted(commit.substring(0, 12)))
                : new Ignore(refusal);
    }

    private static @Nullable String refusal(GitHubEvent event, Webhook webhook, ComponentSource source, String branch) {
        List<String> branches = webhook.branches().isEmpty() ? List.of(source.branch()) : webhook.branches();
        if (branches.stream().noneMatch(pattern -> Glob.matches(pattern, branch))) {
            return "The branch %s is none of those that are built (%s).".formatted(branch, String.join(", ", branches));
        }
        Set<String> files = event.changedFiles();
        boolean touched = webhook.paths().isEmpty()
                || files.isEmpty()
                || files.stream()
                        .anyMatch(file -> webhook.paths().stream().anyMatch(pattern -> Glob.matches(pattern, file)));
        return touched
                ? null
                : "No file was changed that is built from here (%s).".formatted(String.join(", ", webhook.paths()));
    }
}
