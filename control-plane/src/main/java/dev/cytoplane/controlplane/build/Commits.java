package dev.cytoplane.controlplane.build;

import dev.cytoplane.builder.BuildFailure;
import dev.cytoplane.controlplane.source.ComponentSource;
import dev.cytoplane.controlplane.source.OutsideRepositories;
import dev.cytoplane.controlplane.source.Revision;
import dev.cytoplane.controlplane.source.Revisions;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;
import org.springframework.stereotype.Component;

/** Finds the commit that a build is about, in the component's repository or in the one elsewhere. */
@Component
class Commits {

    private final OutsideRepositories outside;

    Commits(OutsideRepositories outside) {
        this.outside = outside;
    }

    Revision find(
            Build build, ComponentSource source, Repository repository, Progress progress, BuildRunner.Stop stop) {
        String branch = Objects.requireNonNullElse(build.branch(), source.branch());
        if (build.commit() != null) {
            Optional<Revision> here = Revisions.find(repository, build.commit(), source.directory());
            if (here.isPresent()) {
                return here.get();
            }
        }
        if (!source.isElsewhere()) {
            String commit = build.commit() != null
                    ? build.commit()
                    : Revisions.tip(repository, "refs/heads/" + branch)
                            .orElseThrow(() ->
                                    new BuildFailure("There is no branch %s yet: push to it first.".formatted(branch)));
            return require(repository, commit, source);
        }
        outside.fetch(repository, source, branch, progress::say, stop::isRequested);
        String commit = build.commit() != null
                ? build.commit()
                : Revisions.tip(repository, OutsideRepositories.ref(branch))
                        .orElseThrow(() -> new BuildFailure("%s has no branch %s.".formatted(source.url(), branch)));
        return require(repository, commit, source);
    }

    private static Revision require(Repository repository, String commit, ComponentSource source) {
        return Revisions.find(repository, commit, source.directory())
                .orElseThrow(() -> new BuildFailure("The commit %s is not in the repository.".formatted(commit)));
    }
}
