package dev.cytoplane.controlplane.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Finds commits in a repository. */
public final class Revisions {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    private Revisions() {}

    /** The commit's id as Git writes it. */
    public static boolean isCommitId(String text) {
        return COMMIT.matcher(text).matches();
    }

    /** What a branch points to. */
    public static Optional<String> tip(Repository repository, String ref) {
        try {
            Ref found = repository.exactRef(ref);
            return Optional.ofNullable(found == null ? null : found.getObjectId())
                    .map(ObjectId::name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the repository has this commit. */
    public static boolean has(Repository repository, String commit) {
        try (RevWalk walk = new RevWalk(repository)) {
            walk.parseCommit(ObjectId.fromString(commit));
            return true;
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The source in the directory at a commit; empty when the repository does not have the commit. */
    public static Optional<Revision> find(Repository repository, String commit, String directory) {
        if (!isCommitId(commit)) {
            return Optional.empty();
        }
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit found = walk.parseCommit(ObjectId.fromString(commit));
            return Optional.of(new Revision(
                    found.name(),
                    tree(repository, found, directory),
                    Instant.ofEpochSecond(found.getCommitTime()),
                    found.getShortMessage()));
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectId tree(Repository repository, RevCommit commit, String directory) throws IOException {
        String path = normal(directory);
        if (path.isEmpty()) {
            return commit.getTree().getId();
        }
        try (TreeWalk walk = TreeWalk.forPath(repository, path, commit.getTree())) {
            if (walk == null || walk.getFileMode(0) != FileMode.TREE) {
                throw new SourceException(
                        "There is no directory %s in commit %s. The component's source.directory names it."
                                .formatted(path, commit.name().substring(0, 12)));
            }
            return walk.getObjectId(0);
        }
    }

    private static String normal(String directory) {
        String path = directory.startsWith("./") ? directory.substring(2) : directory;
        path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return path.equals(".") ? "" : path;
    }
}
