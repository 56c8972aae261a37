package dev.cytoplane.endtoend.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A working tree, handled by the real git. Neither the machine's nor the person's configuration takes part. */
public final class Git {

    private final Path tree;

    private Git(Path tree) {
        this.tree = tree;
    }

    /** What git printed, both streams together as a person sees them. */
    public record Result(int exitCode, String output) {
        public Result ok() {
            if (exitCode != 0) {
                throw new AssertionError("git ended with " + exitCode + "\n" + output);
            }
            return this;
        }
    }

    /** A new repository with the branch main. */
    public static Git init(Path tree) {
        Git git = new Git(tree);
        try {
            Files.createDirectories(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        git.run("init", "-q", "-b", "main").ok();
        return git;
    }

    public Path tree() {
        return tree;
    }

    public Git write(String file, String text) {
        try {
            Path target = tree.resolve(file);
            Files.createDirectories(target.getParent());
            Files.writeString(target, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Git append(String file, String text) {
        try {
            Files.writeString(tree.resolve(file), text, StandardOpenOption.APPEND);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Commits everything; gives the commit's id. */
    public String commit(String message) {
        run("add", "-A").ok();
        run("commit", "-q", "--allow-empty", "-m", message).ok();
        return run("rev-parse", "HEAD").ok().output().strip();
    }

    public String message(String commit) {
        return run("log", "-1", "--format=%s", commit).ok().output().strip();
    }

    /** Pushes to a component's address and waits for the end, as the person at the terminal does. */
    public Result push(String url, String token, String... refs) {
        return run(pushArguments(url, token, refs));
    }

    /** The same without waiting: the caller ends the process. */
    public Process startPush(String url, String token, String... refs) {
        return start(pushArguments(url, token, refs));
    }

    /** Takes over a branch as it is elsewhere, whatever this tree had. */
    public Result pull(String url, String token, String branch) {
        Result fetched = run(signedIn(token, "fetch", url, branch));
        return fetched.exitCode() == 0 ? run("reset", "-q", "--hard", "FETCH_HEAD") : fetched;
    }

    private static String[] pushArguments(String url, String token, String... refs) {
        List<String> arguments = new ArrayList<>(List.of("push", url));
        arguments.addAll(refs.length == 0 ? List.of("main") : List.of(refs));
        return signedIn(token, arguments.toArray(String[]::new));
    }

    /** The token goes through a credential helper, so that it is in no command line and no address. */
    private static String[] signedIn(String token, String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                token,
                "-c",
                "credential.helper=!f() { test \"$1\" = get && echo username=git && echo password=$CYTO_TOKEN; }; f"));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }

    private Result run(String... arguments) {
        Process process = start(arguments);
        try {
            StringBuilder output = new StringBuilder();
            Thread reader = Thread.ofVirtual().start(() -> {
                try {
                    output.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                } catch (IOException e) {
                    output.append(e);
                }
            });
            if (!process.waitFor(Waits.LONG.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                reader.join(5_000);
                throw new AssertionError("git has not ended\n" + output);
            }
            reader.join(5_000);
            return new Result(process.exitValue(), output.toString());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(arguments));
        boolean token = command.contains("push") || command.contains("fetch");
        ProcessBuilder builder = new ProcessBuilder().directory(tree.toFile()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_AUTHOR_NAME", "Ada");
        environment.put("GIT_AUTHOR_EMAIL", "ada@example.org");
        environment.put("GIT_COMMITTER_NAME", "Ada");
        environment.put("GIT_COMMITTER_EMAIL", "ada@example.org");
        if (token) {
            environment.put("CYTO_TOKEN", command.removeFirst());
        }
        command.addFirst("git");
        try {
            return builder.command(command).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
