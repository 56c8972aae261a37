package dev.cytoplane.launcher.demo;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.launcher.platform.Folders;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A sample as a Git repository with one commit, the same every time: equal files give the same commit and release. */
final class SampleRepository implements AutoCloseable {

    private static final Set<String> LEFT_OUT = Set.of("target", "node_modules", ".git");
    private static final String DATE = "2026-01-01T00:00:00Z";
    private static final String TOKEN = "CYTO_GIT_TOKEN";

    private final Path folder;

    private SampleRepository(Path folder) {
        this.folder = folder;
    }

    static SampleRepository of(Path source, String name) {
        try {
            SampleRepository repository = new SampleRepository(Files.createTempDirectory("cyto-" + name));
            repository.copy(source);
            repository.git("init", "--quiet", "--initial-branch=main");
            repository.git("add", "--all");
            repository.git("commit", "--quiet", "--message", "The " + name + " of the sample shop");
            return repository;
        } catch (IOException e) {
            throw new UncheckedIOException("The sample " + source + " cannot be copied", e);
        }
    }

    private void copy(Path source) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = source.relativize(file);
                if (LEFT_OUT.contains(relative.getName(0).toString())) {
                    continue;
                }
                Path target = folder.resolve(relative.toString());
                Files.createDirectories(target.resolve("..").normalize());
                Files.copy(file, target);
            }
        }
    }

    /** The commit that a branch of an address has, or an empty text. */
    String remote(String url, String token) {
        List<String> lines = new ArrayList<>();
        List<String> arguments = withToken("ls-remote", url, "refs/heads/main");
        int code = run(arguments, Map.of(TOKEN, token), lines::add);
        if (code != 0) {
            throw failed("ls-remote", lines);
        }
        return lines.stream()
                .filter(line -> line.endsWith("refs/heads/main"))
                .map(line -> line.substring(0, 40))
                .findFirst()
                .orElse("");
    }

    String head() {
        return git("rev-parse", "HEAD").strip();
    }

    /** @param lines gets what git prints, as it comes */
    void push(String url, String token, Consumer<String> lines) {
        List<String> printed = new ArrayList<>();
        int code = run(withToken("push", url, "main"), Map.of(TOKEN, token), line -> {
            printed.add(line);
            lines.accept(line);
        });
        if (code != 0) {
            throw new Failure(ExitCode.UNSUCCESSFUL, "git push failed.", "What it said stands above.");
        }
    }

    /** The token goes from the environment through a credential helper: it is in no address and no command line. */
    private static List<String> withToken(String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "-c",
                "credential.helper=",
                "-c",
                "credential.helper=!f() { test \"$1\" = get && echo username=cyto && echo \"password=$" + TOKEN
                        + "\"; }; f"));
        all.addAll(List.of(arguments));
        return all;
    }

    private String git(String... arguments) {
        List<String> lines = new ArrayList<>();
        if (run(List.of(arguments), Map.of(), lines::add) != 0) {
            throw failed(arguments[0], lines);
        }
        return String.join("\n", lines);
    }

    private static Failure failed(String command, List<String> lines) {
        return new Failure(ExitCode.FAILED, "git " + command + " failed: " + String.join(" ", lines));
    }

    private int run(List<String> arguments, Map<String, String> more, Consumer<String> lines) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        for (String who : List.of("AUTHOR", "COMMITTER")) {
            environment.put("GIT_" + who + "_NAME", "Cytoplane");
            environment.put("GIT_" + who + "_EMAIL", "demo@cytoplane.local");
            environment.put("GIT_" + who + "_DATE", DATE);
        }
        environment.putAll(more);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                reader.lines().forEach(lines);
            }
            return process.waitFor();
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "git could not be run.", "Install Git, and see cyto doctor.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERRUPTED, "Interrupted.");
        }
    }

    @Override
    public void close() {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
