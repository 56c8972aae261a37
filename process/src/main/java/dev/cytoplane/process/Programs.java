package dev.cytoplane.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Finds programs before they are started, so that a missing one is an error here and not an exit code later. */
final class Programs {

    private Programs() {}

    static String resolve(String program, Path directory, Map<String, String> environment) throws IOException {
        if (program.contains("/")) {
            Path path = directory.resolve(program);
            if (!Files.isExecutable(path) || Files.isDirectory(path)) {
                throw new IOException("The program " + program + " does not exist or cannot be executed");
            }
            return path.toString();
        }
        String searched = environment.getOrDefault("PATH", "");
        for (String folder : searched.split(File.pathSeparator)) {
            Path path = Path.of(folder).resolve(program);
            if (!folder.isEmpty() && Files.isExecutable(path) && !Files.isDirectory(path)) {
                return path.toString();
            }
        }
        throw new IOException("The program " + program + " was not found on the PATH (" + searched + ")");
    }
}
