package dev.cytoplane.controlplane.gitops;

import dev.cytoplane.controlplane.source.OutsideGit;
import dev.cytoplane.controlplane.source.SourceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.errors.DirCacheNameConflictException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/** One branch of a repository elsewhere, with its copy here. Commits are made here and pushed; nothing is ever forced. */
final class DeliveryRepository implements AutoCloseable {

    /** So many commits are looked through for the last one that changed a file. */
    private static final int MOST_COMMITS = 5_000;

    private final Repository local;
    private final OutsideGit outside;
    private final Delivery delivery;
    private final @Nullable CredentialsProvider credentials;
    private final BooleanSupplier cancelled;

    DeliveryRepository(
            Repository local,
            OutsideGit outside,
            Delivery delivery,
            @Nullable CredentialsProvider credentials,
            BooleanSupplier cancelled) {
        this.local = local;
        this.outside = outside;
        this.delivery = delivery;
        this.credentials = credentials;
        this.cancelled = cancelled;
    }

    /** A commit as those who look at it know it. */
    record Commit(String id, String author, Instant time) {}

    /** A change of a file. @param text null when it is removed */
    record Change(String path, @Nullable String text, PersonIdent author, PersonIdent committer, String message) {}

    /**
     * Brings the branch here.
     *
     * @return its tip; null when there is no such branch yet
     * @throws SourceException when the repository cannot be had
     */
    @Nullable
    ObjectId fetch() {
        try (TransportHttp http = outside.open(local, delivery.url(), credentials)) {
            Ref there;
            try (FetchConnection connection = http.openFetch(List.of(new RefSpec(delivery.ref())))) {
                there = connection.getRef(delivery.ref());
            }
            if (there == null || local.getObjectDatabase().has(there.getObjectId())) {
                return there == null ? null : there.getObjectId();
            }
            RefSpec refs = new RefSpec("+" + delivery.ref() + ":refs/remotes/origin/" + delivery.branch());
            Ref fetched =
                    http.fetch(outside.watch(local, cancelled), List.of(refs)).getAdvertisedRef(delivery.ref());
            return fetched == null ? null : fetched.getObjectId();
        } catch (TransportException e) {
            throw new SourceException(explain(e), e);
        } catch (IOException e) {
            throw new SourceException("%s cannot be read: %s".formatted(delivery.url(), e.getMessage()), e);
        }
    }

    /** The text of a file at a commit, cut where no cell's would end; empty when there is none. */
    Optional<String> text(@Nullable ObjectId commit, String path) {
        if (commit == null) {
            return Optional.empty();
        }
        try (RevWalk walk = new RevWalk(local);
                TreeWalk tree =
                        TreeWalk.forPath(local, path, walk.parseCommit(commit).getTree())) {
            if (tree == null) {
                return Optional.empty();
            }
            if (tree.getFileMode(0).getObjectType() != Constants.OBJ_BLOB) {
                return Optional.of("a folder");
            }
            ObjectLoader loader = local.open(tree.getObjectId(0));
            try (var in = loader.openStream()) {
                return Optional.of(new String(in.readNBytes(Manifest.MOST), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last commit that changed or removed a file; empty when it is too far back. */
    Optional<Commit> lastChange(@Nullable ObjectId tip, String path) {
        if (tip == null) {
            return Optional.empty();
        }
        try (RevWalk walk = new RevWalk(local)) {
            walk.setRevFilter(new MostCommits(MOST_COMMITS));
            walk.setTreeFilter(AndTreeFilter.create(PathFilter.create(path), TreeFilter.ANY_DIFF));
            walk.markStart(walk.parseCommit(tip));
            RevCommit found = walk.next();
            return Optional.ofNullable(found).map(DeliveryRepository::commit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Commit commit(RevCommit commit) {
        PersonIdent author = commit.getAuthorIdent();
        return new Commit(commit.name(), author.getName(), author.getWhenAsInstant());
    }

    /** Commits a change upon a commit, or as the first one, and the directory's page where there is none; here only. */
    ObjectId commit(@Nullable ObjectId parent, Change change) {
        try (ObjectInserter inserter = local.newObjectInserter();
                ObjectReader reader = inserter.newReader();
                RevWalk walk = new RevWalk(reader)) {
            DirCache index = DirCache.newInCore();
            if (parent != null) {
                DirCacheBuilder builder = index.builder();
                builder.addTree(
                        null,
                        DirCacheEntry.STAGE_0,
                        reader,
                        walk.parseCommit(parent).getTree());
                builder.finish();
            }
            edit(index, inserter, change);
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(index.writeTree(inserter));
            if (parent != null) {
                commit.setParentId(parent);
            }
            commit.setAuthor(change.author());
            commit.setCommitter(change.committer());
            commit.setMessage(change.message());
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void edit(DirCache index, ObjectInserter inserter, Change change) throws IOException {
        DirCacheEditor editor = index.editor();
        editor.add(
                change.text() == null
                        ? new DirCacheEditor.DeletePath(change.path())
                        : file(change.path(), change.text(), inserter));
        if (index.getEntry(delivery.page()) == null && index.getEntriesWithin(delivery.page()).length == 0) {
            editor.add(file(delivery.page(), delivery.pageText(), inserter));
        }
        try {
            editor.finish();
        } catch (DirCacheNameConflictException e) {
            throw new SourceException(
                    "%s cannot be written: in the repository it is a folder, or below a file.".formatted(change.path()),
                    e);
        }
    }

    private static DirCacheEditor.PathEdit file(String path, String text, ObjectInserter inserter) throws IOException {
        ObjectId blob = inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
        return new DirCacheEditor.PathEdit(path) {
            @Override
            public void apply(DirCacheEntry entry) {
                entry.setFileMode(FileMode.REGULAR_FILE);
                entry.setObjectId(blob);
            }
        }.setReplace(false);
    }

    /**
     * Moves the branch on, from the commit that was fetched and no other.
     *
     * @return false when somebody else moved it meanwhile
     * @throws SourceException when it is refused for another reason
     */
    boolean push(@Nullable ObjectId from, ObjectId to) {
        try (TransportHttp http = outside.open(local, delivery.url(), credentials)) {
            RemoteRefUpdate update = new RemoteRefUpdate(
                    local, to.name(), delivery.ref(), false, null, from == null ? ObjectId.zeroId() : from);
            http.push(outside.watch(local, cancelled), List.of(update));
            return switch (update.getStatus()) {
                case OK, UP_TO_DATE -> true;
                case REJECTED_NONFASTFORWARD, REJECTED_REMOTE_CHANGED -> false;
                default -> lostTheRace(update);
            };
        } catch (TransportException e) {
            throw new SourceException(explain(e), e);
        } catch (IOException e) {
            throw new SourceException("%s cannot be written: %s".formatted(delivery.url(), e.getMessage()), e);
        }
    }

    /** A server says in words of its own that the branch was moved while it took the push. */
    private boolean lostTheRace(RemoteRefUpdate update) {
        String reason = String.valueOf(update.getMessage());
        if (reason.contains("lock") || reason.contains("failed to update ref") || reason.contains("fast-forward")) {
            return false;
        }
        throw new SourceException("%s does not take the commit to %s: %s."
                .formatted(
                        delivery.url(),
                        delivery.branch(),
                        update.getMessage() == null ? update.getStatus() : update.getMessage()));
    }

    private String explain(TransportException e) {
        SourceException refused = OutsideGit.refusal(e);
        if (refused != null) {
            return String.valueOf(refused.getMessage());
        }
        String address = delivery.url();
        if (cancelled.getAsBoolean()) {
            return address + " took too long to answer.";
        }
        if (OutsideGit.asksForSignIn(e)) {
            return "%s refuses the sign-in. Give the delivery credentials that may read and write it (credentials)."
                    .formatted(address);
        }
        return "%s cannot be reached: %s."
                .formatted(address, String.valueOf(e.getMessage()).replace(address + ": ", ""));
    }

    @Override
    public void close() {
        local.close();
    }
}
