package dev.cytoplane.controlplane.build;

import dev.cytoplane.controlplane.access.Caller;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.deployment.Deployment;
import dev.cytoplane.controlplane.deployment.Deployments;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.source.ComponentSource;
import dev.cytoplane.controlplane.source.Repositories;
import dev.cytoplane.controlplane.source.Revisions;
import dev.cytoplane.controlplane.source.Sources;
import java.util.Objects;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What people ask of builds, checked against what the repository has. */
@Service
class BuildRequests {

    private static final int BRANCH_LIMIT = 200;

    private final BuildStore store;
    private final Builds builds;
    private final Sources sources;
    private final Repositories repositories;
    private final Deployments deployments;

    BuildRequests(
            BuildStore store, Builds builds, Sources sources, Repositories repositories, Deployments deployments) {
        this.store = store;
        this.builds = builds;
        this.sources = sources;
        this.repositories = repositories;
        this.deployments = deployments;
    }

    Build queue(ComponentScope scope, @Nullable String commit, @Nullable String branch, boolean force, Caller caller) {
        if (commit != null && !Revisions.isCommitId(commit)) {
            throw Problem.invalid("commit", "must be a whole commit id: 40 hexadecimal digits in lower case");
        }
        if (branch != null && (branch.length() > BRANCH_LIMIT || !Repository.isValidRefName("refs/heads/" + branch))) {
            throw Problem.invalid("branch", "must be the name of a branch");
        }
        ComponentSource source = source(scope);
        String of = commit != null && branch == null ? null : Objects.requireNonNullElse(branch, source.branch());
        String what = source.isElsewhere() ? commit : find(source, commit, of);
        return builds.queue(new Builds.Request(scope, Trigger.MANUAL, what, of, force, caller.username()));
    }

    ComponentSource source(ComponentScope scope) {
        return sources.find(scope.componentId()).orElseThrow(() -> Problem.notFound("component", scope.path()));
    }

    private String find(ComponentSource source, @Nullable String commit, @Nullable String branch) {
        try (Repository repository = repositories.open(source)) {
            if (commit != null) {
                if (!Revisions.has(repository, commit)) {
                    throw Problem.invalid("commit", "is not in the component's repository");
                }
                return commit;
            }
            return Revisions.tip(repository, "refs/heads/" + branch)
                    .orElseThrow(() -> Problem.conflict(
                            "nothing-to-build",
                            "The component's repository has no branch %s yet: push to it first.".formatted(branch)));
        }
    }

    @Transactional(readOnly = true)
    public Page<BuildView> list(
            ComponentScope scope,
            @Nullable BuildStatus status,
            @Nullable String commit,
            @Nullable String branch,
            PageRequest page) {
        Page<Build> found = store.list(scope.componentId(), status, commit, branch, page);
        return new Page<>(found.items().stream().map(this::view).toList(), found.nextCursor());
    }

    /** In the tenancy of its organization. */
    BuildView view(Build build) {
        return BuildView.of(
                build, deployments.builtBy(build.id()).map(Deployment::id).orElse(null));
    }
}
