package dev.cytoplane.cli.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkingTreeTests {

    @TempDir
    private Path folder;

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.resolve("..").normalize());
        Files.writeString(path, text);
    }

    @Test
    void leavesOutWhatGitIgnoresWithoutBeingARepository() throws IOException {
        write(".gitignore", "/build/\n*.log\n!keep.log\n");
        write("src/main.js", "1");
        write("src/.gitignore", "generated.js\n");
        write("src/generated.js", "2");
        write("build/out.js", "3");
        write("a.log", "4");
        write("keep.log", "5");

        assertThat(new WorkingTree(folder).files())
                .containsExactly(".gitignore", "keep.log", "src/.gitignore", "src/main.js");
        assertThat(folder.resolve(".git")).doesNotExist();
    }

    @Test
    void takesWhatIsNotCommittedYet() throws IOException {
        write("committed.txt", "1");
        Git git = new Git(folder);
        git.run("init", "--quiet");
        git.run("add", "--all");
        write("new.txt", "2");

        assertThat(new WorkingTree(folder).files()).containsExactly("committed.txt", "new.txt");
    }

    @Test
    void packsEqualTreesIntoEqualArchives() throws IOException {
        write("a.txt", "1");
        write("run.sh", "#!/bin/sh");
        assertThat(folder.resolve("run.sh").toFile().setExecutable(true)).isTrue();
        Path first = Files.createTempFile("first", ".tar.gz");
        Path second = Files.createTempFile("second", ".tar.gz");
        WorkingTree tree = new WorkingTree(folder);

        tree.pack(tree.files(), first);
        Files.setLastModifiedTime(folder.resolve("a.txt"), java.nio.file.attribute.FileTime.fromMillis(1));
        tree.pack(tree.files(), second);

        assertThat(second).hasSameBinaryContentAs(first);
        Files.delete(first);
        Files.delete(second);
    }
}
