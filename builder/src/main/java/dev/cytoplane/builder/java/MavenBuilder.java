package dev.cytoplane.builder.java;

import dev.cytoplane.builder.BuildFailure;
import dev.cytoplane.builder.Builder;
import dev.cytoplane.builder.Procfile;
import dev.cytoplane.builder.Product;
import dev.cytoplane.builder.SourceFiles;
import dev.cytoplane.builder.Tool;
import dev.cytoplane.builder.Toolchain;
import dev.cytoplane.builder.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Maven: {@code package}, tests included, with the project's own wrapper when it has one. The component's cache is the
 * local repository; the platform's is read behind it, so that nothing that is on the machine is fetched again, and
 * nothing a build leaves behind reaches another component.
 */
public final class MavenBuilder implements Builder {

    private static final String POM = "pom.xml";
    private static final String WRAPPER = "mvnw";

    private final Optional<Path> sharedRepository;
    private final Optional<Path> settingsFile;

    /**
     * @param sharedRepository a local repository that is read and never written
     * @param settingsFile a settings.xml for every build
     */
    public MavenBuilder(Optional<Path> sharedRepository, Optional<Path> settingsFile) {
        this.sharedRepository = sharedRepository;
        this.settingsFile = settingsFile;
    }

    @Override
    public String name() {
        return "java";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Optional<String> recognises(SourceFiles files) {
        return files.has(POM) ? Optional.of("it has a pom.xml") : Optional.empty();
    }

    @Override
    public List<Tool> tools(SourceFiles files, Toolchain toolchain) {
        return files.has(WRAPPER) ? List.of(toolchain.java()) : List.of(toolchain.java(), toolchain.maven());
    }

    @Override
    public Product build(Workspace workspace) throws InterruptedException {
        if (!workspace.files().has(POM)) {
            throw new BuildFailure(
                    "The builder java needs a pom.xml, and there is none. (Gradle is not supported yet.)");
        }
        workspace.run(command(workspace), environment(workspace));
        return product(workspace);
    }

    private List<String> command(Workspace workspace) {
        List<String> command = new ArrayList<>();
        if (workspace.files().has(WRAPPER)) {
            if (!Files.isExecutable(workspace.directory().resolve(WRAPPER))) {
                command.add("/bin/sh");
            }
            command.add(workspace.directory().resolve(WRAPPER).toString());
        } else {
            command.add(workspace.toolchain().maven().executable().toString());
        }
        command.addAll(List.of("--batch-mode", "--no-transfer-progress", "-Dstyle.color=never"));
        command.add("-Dmaven.repo.local=" + workspace.cache().resolve("repository"));
        sharedRepository.ifPresent(shared -> {
            command.add("-Dmaven.repo.local.tail=" + shared);
            command.add("-Daether.chainedLocalRepository.ignoreTailAvailability=true");
        });
        settingsFile.ifPresent(file -> command.addAll(List.of("--settings", file.toString())));
        command.add("-Dproject.build.outputTimestamp=" + workspace.commitTime());
        command.add("package");
        return command;
    }

    private Map<String, String> environment(Workspace workspace) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("JAVA_HOME", workspace.toolchain().java().home().toString());
        // Maven lives for seconds: the first compiler tier and one collector thread start faster than the defaults.
        environment.put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        environment.put("MAVEN_USER_HOME", workspace.cache().resolve("wrapper").toString());
        return environment;
    }

    private static Product product(Workspace workspace) {
        var descriptor = workspace.descriptor();
        String output = descriptor.build() == null ? null : descriptor.build().output();
        Optional<List<String>> declared = Optional.ofNullable(
                        descriptor.run() == null ? null : descriptor.run().command())
                .or(() -> Procfile.command(workspace.files()));
        Path root = workspace.directory();
        RunnableJar jar = output != null
                ? RunnableJar.at(root, output)
                : declared.isPresent() ? RunnableJar.findAny(root) : RunnableJar.find(root);
        workspace.say("The program is " + jar.path() + ".");
        return Product.program(root, jar.companions(), declared.orElseGet(jar::command), Map.of());
    }
}
