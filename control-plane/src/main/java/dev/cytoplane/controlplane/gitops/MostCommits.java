package dev.cytoplane.controlplane.gitops;

import org.eclipse.jgit.errors.StopWalkException;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/** Ends a walk after so many commits. */
final class MostCommits extends RevFilter {

    private int left;

    MostCommits(int most) {
        this.left = most;
    }

    @Override
    public boolean include(RevWalk walker, RevCommit commit) {
        if (--left < 0) {
            throw StopWalkException.INSTANCE;
        }
        return true;
    }

    @Override
    public RevFilter clone() {
        return this;
    }
}
