package dev.cytoplane.cli.source;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The git program, run in a folder. */
final class Git {

    private final Path folder;

    Git(Path folder) {
        this.folder = folder;
    }

    private record Result(int exitCode, String output, String error) {}

    boolean isRepository() {
        return execute(List.of("rev-parse", "--is-inside-work-tree")).exitCode() == 0;
    }

    /** @return standard output, without its last line end */
    String run(String... arguments) {
        return run(List.of(arguments)).stripTrailing();
    }

    /** Output that lists paths, each ended by a null character. */
    List<String> paths(List<String> arguments) {
        List<String> paths = new ArrayList<>();
        for (String path : run(arguments).split("\0")) {
            if (!path.isEmpty()) {
                paths.add(path);
            }
        }
        return paths;
    }

    /** True when it succeeds. */
    boolean succeeds(String... arguments) {
        return execute(List.of(arguments)).exitCode() == 0;
    }

    private String run(List<String> arguments) {
        Result result = execute(arguments);
        if (result.exitCode() != 0) {
            throw new Failure(
                    ExitCode.FAILED,
                    "git " + arguments.getFirst() + " failed: " + result.error().strip());
        }
        return result.output();
    }

    private Result execute(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add("git");
        command.addAll(arguments);
        Path errors = null;
        try {
            errors = java.nio.file.Files.createTempFile("cyto-git", ".err");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(errors.toFile())
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            return new Result(exitCode, output, java.nio.file.Files.readString(errors));
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "git could not be run.", "Install Git, and see cyto doctor.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERRUPTED, "Interrupted.");
        } finally {
            if (errors != null) {
                errors.toFile().delete();
            }
        }
    }
}
