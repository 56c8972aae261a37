package dev.cytoplane.controlplane.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutTest {

    private static final long PLENTY = 1 << 30;

    private final InMemoryRepository repository = new InMemoryRepository(new DfsRepositoryDescription("test"));

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        repository.close();
    }

    @Test
    void writesFilesProgramsAndLinksAndLeavesSubmodulesOut() throws Exception {
        TreeFormatter tree = new TreeFormatter();
        tree.append("link", FileMode.SYMLINK, blob("run"));
        tree.append("run", FileMode.EXECUTABLE_FILE, blob("#!/bin/sh\n"));
        tree.append("sub", FileMode.GITLINK, blob("x"));
        Checkout checkout = checkout(tree);

        assertThat(checkout.writeTo(folder, PLENTY)).containsExactly("sub");

        assertThat(Files.isExecutable(folder.resolve("run"))).isTrue();
        assertThat(Files.readSymbolicLink(folder.resolve("link"))).isEqualTo(Path.of("run"));
        assertThat(checkout.text("run", 100)).contains("#!/bin/sh\n");
        assertThat(checkout.text("link", 100)).isEmpty();
        assertThat(checkout.top()).containsExactly("link", "run", "sub");
    }

    @Test
    void refusesLinksThatLeadOut() throws Exception {
        TreeFormatter tree = new TreeFormatter();
        tree.append("link", FileMode.SYMLINK, blob("../../etc/passwd"));

        assertThatThrownBy(() -> checkout(tree).writeTo(folder, PLENTY))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("leads to ../../etc/passwd");
    }

    /** A few kilobytes in the repository, a thousand million files on the disk. */
    @Test
    void endsATreeThatUnfoldsWithoutEnd() throws Exception {
        TreeFormatter leaf = new TreeFormatter();
        leaf.append("f", FileMode.REGULAR_FILE, blob("x".repeat(1000)));
        ObjectId tree = insert(leaf);
        for (int level = 0; level < 9; level++) {
            TreeFormatter next = new TreeFormatter();
            for (char name = 'a'; name < 'k'; name++) {
                next.append(String.valueOf(name), FileMode.TREE, tree);
            }
            tree = insert(next);
        }
        Checkout checkout = new Checkout(repository, tree);

        assertThatThrownBy(() -> checkout.writeTo(folder, 1 << 20))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("disk-limit");
    }

    private Checkout checkout(TreeFormatter tree) throws Exception {
        return new Checkout(repository, insert(tree));
    }

    private ObjectId blob(String text) throws Exception {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId id = inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
            inserter.flush();
            return id;
        }
    }

    private ObjectId insert(TreeFormatter tree) throws Exception {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId id = inserter.insert(tree);
            inserter.flush();
            return id;
        }
    }
}
