package dev.cytoplane.endtoend.kubernetes;

import dev.cytoplane.endtoend.platform.Git;
import dev.cytoplane.endtoend.platform.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The repository's sample shop, pushed with git into an environment. */
record SampleShop(Path root, String environment) {

    /**
     * Makes the component, pushes a folder of the samples as its source, and waits until it is live.
     *
     * @return the working tree
     */
    Git push(Sandbox sandbox, String component, String folder) throws IOException {
        Git tree = sample(folder, sandbox);
        sandbox.create(component);
        tree.commit("The sample");
        sandbox.push(tree, component).ok();
        sandbox.awaitLive(component, environment);
        return tree;
    }

    private Git sample(String folder, Sandbox sandbox) throws IOException {
        Path from = root.resolve("samples").resolve(folder);
        Git git = Git.init(sandbox.temporary("sample"));
        try (var files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path name = from.relativize(file);
                if (!name.startsWith("target") && !name.startsWith("node_modules")) {
                    git.write(name.toString(), Files.readString(file));
                }
            }
        }
        return git;
    }
}
