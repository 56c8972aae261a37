package dev.cytoplane.controlplane.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A working tree under the real git program, with a home of its own. */
public record GitFolder(Path folder) {

    public record Result(int exit, String output) {}

    public static GitFolder create(Path parent, Map<String, String> files) {
        try {
            Path folder = Files.createTempDirectory(parent, "tree");
            GitFolder git = new GitFolder(folder);
            git.run("init", "--quiet", "--initial-branch=main");
            git.commit("First", files);
            return git;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public GitFolder write(Map<String, String> files) {
        files.forEach((name, text) -> {
            try {
                Path file = folder.resolve(name);
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return this;
    }

    public String commit(String message, Map<String, String> files) {
        write(files);
        run("add", "--all");
        run("commit", "--quiet", "--allow-empty", "--message", message);
        return head();
    }

    public String head() {
        return run("rev-parse", "HEAD").output().strip();
    }

    /** Pushes with a token as the password, as `git push` with a credential helper does. */
    public Result push(String url, String token, String... refs) {
        List<String> command = new ArrayList<>(List.of("push", url.replace("://", "://git:" + token + "@")));
        command.addAll(List.of(refs));
        return run(command);
    }

    public Result run(String... arguments) {
        return run(List.of(arguments));
    }

    private Result run(List<String> arguments) {
        try {
            Process process = start(arguments);
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.put("HOME", folder.toString());
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        for (String who : List.of("AUTHOR", "COMMITTER")) {
            environment.put("GIT_" + who + "_NAME", "Ann");
            environment.put("GIT_" + who + "_EMAIL", "ann@example.com");
        }
        return builder.start();
    }
}
