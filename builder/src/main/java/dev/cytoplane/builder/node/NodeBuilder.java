package dev.cytoplane.builder.node;

import dev.cytoplane.builder.BuildFailure;
import dev.cytoplane.builder.Builder;
import dev.cytoplane.builder.Procfile;
import dev.cytoplane.builder.Product;
import dev.cytoplane.builder.SourceFiles;
import dev.cytoplane.builder.Tool;
import dev.cytoplane.builder.Toolchain;
import dev.cytoplane.builder.Workspace;
import dev.cytoplane.contracts.descriptor.Descriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Node.js with npm: {@code npm ci}, the build script when there is one, then what is only needed for the build goes. */
public final class NodeBuilder implements Builder {

    /** Where front-end tools leave what they build. */
    private static final List<String> OUTPUTS = List.of("dist", "build", "out", "_site", "public");

    @Override
    public String name() {
        return "node";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Optional<String> recognises(SourceFiles files) {
        return files.has(PackageJson.FILE) ? Optional.of("it has a package.json") : Optional.empty();
    }

    @Override
    public List<Tool> tools(SourceFiles files, Toolchain toolchain) {
        return List.of(toolchain.node(), toolchain.npm());
    }

    @Override
    public Product build(Workspace workspace) throws InterruptedException {
        NodePlan plan = NodePlan.of(workspace.files(), workspace.descriptor());
        String npm = workspace.toolchain().npm().executable().toString();
        Map<String, String> environment = Map.of(
                "npm_config_cache", workspace.cache().resolve("npm").toString(),
                "npm_config_update_notifier", "false",
                "npm_config_fund", "false",
                "npm_config_audit", "false",
                "npm_config_progress", "false");

        if (plan.install()) {
            install(workspace, plan, npm, environment);
        } else {
            workspace.say("package.json names no dependencies: there is nothing to install.");
        }
        if (plan.script() != null) {
            workspace.run(List.of(npm, "run", plan.script()), environment);
        }
        if (plan.command().isEmpty()) {
            return Product.files(output(workspace));
        }
        if (plan.prune()) {
            workspace.run(List.of(npm, "prune", "--omit=dev", "--ignore-scripts"), environment);
        }
        check(workspace, plan.command());
        return Product.program(workspace.directory(), List.of(), plan.command(), Map.of("NODE_ENV", "production"));
    }

    private static void install(Workspace workspace, NodePlan plan, String npm, Map<String, String> environment)
            throws InterruptedException {
        InstalledPackages kept = new InstalledPackages(workspace, NodePlan.lockFile(workspace.files()));
        if (plan.reusable() && kept.restore()) {
            workspace.say("The lock file is as it was: the packages of the last build are used again.");
            return;
        }
        workspace.run(List.of(npm, "ci", "--prefer-offline"), environment);
        if (plan.reusable() && workspace.cacheStays()) {
            kept.keep();
        }
    }

    private static Path output(Workspace workspace) {
        String declared = declaredOutput(workspace.descriptor());
        if (declared != null) {
            Path folder = workspace.directory().resolve(declared).normalize();
            if (!Files.isDirectory(folder)) {
                throw new BuildFailure("build.output names %s, and the build left no such folder.".formatted(declared));
            }
            return folder;
        }
        return OUTPUTS.stream()
                .map(workspace.directory()::resolve)
                .filter(folder -> Files.isRegularFile(folder.resolve("index.html")))
                .findFirst()
                .orElseThrow(() -> new BuildFailure(
                        "The build left no index.html in %s, and nothing says how to start a server. Name the folder under build.output in cytoplane.yaml, or add a start script to package.json."
                                .formatted(String.join(", ", OUTPUTS))));
    }

    private static @Nullable String declaredOutput(Descriptor descriptor) {
        return descriptor.build() == null ? null : descriptor.build().output();
    }

    /** A typing error in a file's name is better told now than by an instance that does not start. */
    private static void check(Workspace workspace, List<String> command) {
        if (command.size() < 2
                || !command.getFirst().equals("node")
                || command.get(1).startsWith("-")) {
            return;
        }
        Path script = workspace.directory().resolve(command.get(1));
        if (!Files.exists(script)
                && !Files.exists(Path.of(script + ".js"))
                && !Files.exists(Path.of(script + ".mjs"))) {
            throw new BuildFailure("The component is started with `%s`, and there is no file %s after the build (%s)."
                    .formatted(String.join(" ", command), command.get(1), startedBy(workspace)));
        }
    }

    private static String startedBy(Workspace workspace) {
        var run = workspace.descriptor().run();
        if (run != null && run.command() != null) {
            return "run.command in cytoplane.yaml says so";
        }
        return workspace.files().has(Procfile.FILE) ? "the Procfile says so" : "package.json says so";
    }
}
