package dev.cytoplane.controlplane.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.springframework.stereotype.Component;

/**
 * Keeps an uploaded working tree as a commit of the component's repository. The commit's author and time are fixed, so
 * that equal trees are one commit, and one release. Each has a branch under {@value #BRANCHES}, which keeps it.
 */
@Component
public class Uploads {

    static final String BRANCHES = "uploads/";

    private static final PersonIdent AUTHOR =
            new PersonIdent("Cytoplane upload", "upload@cytoplane.dev", Instant.EPOCH, ZoneOffset.UTC);

    private final Repositories repositories;
    private final SourceSettings settings;

    Uploads(Repositories repositories, SourceSettings settings) {
        this.repositories = repositories;
        this.settings = settings;
    }

    /** A commit that holds an uploaded tree, and the branch that keeps it. */
    public record Upload(String commit, String branch) {}

    /** An archive that is larger than the limit. */
    public static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1;

        TooLarge(long limit) {
            super("The upload is larger than %d MB (limit cytoplane.source.upload-limit).".formatted(limit >> 20));
        }
    }

    /**
     * @param archive a gzip-compressed tar of the working tree
     * @param announced its length, -1 when unknown
     * @throws SourceException when it is not one, or leads out of itself, or is too large when unpacked
     * @throws TooLarge when the archive itself is too large
     */
    public Upload commit(ComponentSource source, InputStream archive, long announced) throws TooLarge {
        long limit = settings.uploadLimit().toBytes();
        if (announced > limit) {
            throw new TooLarge(limit);
        }
        try (Repository repository = repositories.open(source);
                ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId tree = new WorkingTree(inserter, settings).read(new LimitedInput(archive, limit));
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree);
            commit.setAuthor(AUTHOR);
            commit.setCommitter(AUTHOR);
            commit.setMessage("Uploaded working tree\n");
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            String branch = BRANCHES + id.name().substring(0, 12);
            RefUpdate update = repository.updateRef("refs/heads/" + branch);
            update.setNewObjectId(id);
            update.setForceUpdate(true);
            RefUpdate.Result result = update.update();
            return switch (result) {
                case NEW, NO_CHANGE, FAST_FORWARD, FORCED -> new Upload(id.name(), branch);
                default -> throw new IOException("Git refused the branch " + branch + ": " + result);
            };
        } catch (TooLarge e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("The upload cannot be kept", e);
        }
    }
}
