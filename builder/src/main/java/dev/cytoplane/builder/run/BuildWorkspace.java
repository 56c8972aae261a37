package dev.cytoplane.builder.run;

import dev.cytoplane.builder.BuildFailure;
import dev.cytoplane.builder.SourceFiles;
import dev.cytoplane.builder.Tool;
import dev.cytoplane.builder.Toolchain;
import dev.cytoplane.builder.Workspace;
import dev.cytoplane.builder.process.LimitedProcess;
import dev.cytoplane.builder.process.Limits;
import dev.cytoplane.builder.process.ProcessTree;
import dev.cytoplane.contracts.descriptor.Descriptor;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A builder's workspace in {@code builds/<id>}. Its programs get an environment made here: nothing of the platform's
 * own, neither its variables nor its home folder, reaches them.
 *
 * @param folder of this build; the checkout and the temporary files are in it
 * @param home what the programs take for their home folder
 * @param tools what the builder said it needs
 */
public record BuildWorkspace(
        UUID build,
        SourceFiles files,
        Path folder,
        Path cache,
        Path home,
        Instant commitTime,
        Descriptor descriptor,
        Toolchain toolchain,
        List<Tool> tools,
        Limits limits,
        Consumer<String> log,
        boolean cacheStays)
        implements Workspace {

    /** The variable by which a build's processes are found again. */
    public static final String MARK = "CYTOPLANE_BUILD";

    private static final String SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin";

    public static Path checkout(Path folder) {
        return folder.resolve("source");
    }

    public static Path temporary(Path folder) {
        return folder.resolve("tmp");
    }

    @Override
    public Path directory() {
        return checkout(folder);
    }

    @Override
    public void say(String line) {
        log.accept(line);
    }

    @Override
    public void run(List<String> command, Map<String, String> environment) throws InterruptedException {
        say("$ " + shown(command));
        ProcessTree tree = ProcessTree.marked(MARK, build.toString());
        // Where the checkout lies on this machine says nothing to the readers of the log.
        String here = directory() + "/";
        int exit = new LimitedProcess(directory(), environment(environment), limits, tree)
                .run(command, line -> log.accept(line.replace(here, "")));
        if (exit != 0) {
            throw new BuildFailure("`%s` ended with exit code %d.".formatted(shown(command), exit));
        }
    }

    private Map<String, String> environment(Map<String, String> ofBuilder) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", path());
        environment.put("HOME", home.toString());
        environment.put("TMPDIR", temporary(folder).toString());
        environment.put("LANG", "C.UTF-8");
        environment.put("CI", "true");
        environment.put("NO_COLOR", "1");
        environment.put("SOURCE_DATE_EPOCH", Long.toString(commitTime.getEpochSecond()));
        environment.putAll(ofBuilder);
        if (descriptor.build() != null && descriptor.build().environment() != null) {
            environment.putAll(descriptor.build().environment());
        }
        environment.put(MARK, build.toString());
        return environment;
    }

    private String path() {
        return Stream.concat(
                        tools.stream()
                                .map(tool -> String.valueOf(tool.executable().getParent())),
                        Stream.of(SYSTEM_PATH))
                .distinct()
                .collect(Collectors.joining(":"));
    }

    /** As a person would type it: programs by their name, the platform's own switches left out. */
    private static String shown(List<String> command) {
        return Stream.concat(
                        Stream.of(
                                command.getFirst().substring(command.getFirst().lastIndexOf('/') + 1)),
                        command.stream().skip(1).filter(argument -> !argument.startsWith("-D")))
                .collect(Collectors.joining(" "));
    }
}
