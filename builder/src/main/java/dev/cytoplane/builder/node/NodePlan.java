package dev.cytoplane.builder.node;

import dev.cytoplane.builder.BuildFailure;
import dev.cytoplane.builder.CommandLine;
import dev.cytoplane.builder.Procfile;
import dev.cytoplane.builder.SourceFiles;
import dev.cytoplane.contracts.descriptor.Descriptor;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is done with an npm package, worked out from its files alone.
 *
 * @param install whether there is anything to install
 * @param reusable whether installed packages depend on nothing but the lock file, so that they can be kept
 * @param script the npm script that builds; null when there is none
 * @param prune whether packages only needed for the build have to be taken out
 * @param command what starts it; empty when its build leaves files to serve
 */
record NodePlan(boolean install, boolean reusable, @Nullable String script, boolean prune, List<String> command) {

    private static final List<String> LOCKS = List.of("package-lock.json", "npm-shrinkwrap.json");
    private static final List<String> OTHER_LOCKS = List.of("yarn.lock", "pnpm-lock.yaml", "bun.lockb", "bun.lock");
    private static final List<String> INSTALL_SCRIPTS =
            List.of("preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare");

    /** Development servers of front ends: their {@code start} is for a desk, and what is served is what they build. */
    private static final List<String> DEVELOPMENT_SERVERS =
            List.of("react-scripts", "vite", "ng", "webpack", "webpack-dev-server", "vue-cli-service", "parcel");

    static NodePlan of(SourceFiles files, Descriptor descriptor) {
        PackageJson json = PackageJson.read(files);
        String script = script(json, descriptor.build());
        boolean install = json.hasDependencies() || json.hasDevelopmentDependencies() || json.hasWorkspaces();
        if (install && LOCKS.stream().noneMatch(files::has)) {
            throw new BuildFailure(withoutLock(files));
        }
        List<String> command = command(files, json, descriptor, script);
        return new NodePlan(
                install,
                INSTALL_SCRIPTS.stream().noneMatch(name -> json.script(name).isPresent())
                        && !json.hasWorkspaces()
                        && !json.hasLocalDependencies(),
                script,
                json.hasDevelopmentDependencies() && !command.isEmpty(),
                command);
    }

    static String lockFile(SourceFiles files) {
        return LOCKS.stream().filter(files::has).findFirst().orElseThrow();
    }

    private static String withoutLock(SourceFiles files) {
        return OTHER_LOCKS.stream()
                .filter(files::has)
                .findFirst()
                .map(lock ->
                        "There is a %s, but this platform builds Node.js components with npm. Run `npm install` and commit package-lock.json."
                                .formatted(lock))
                .orElse(
                        "package.json names dependencies, but there is no package-lock.json, so two builds of one commit could differ. Run `npm install` and commit package-lock.json.");
    }

    private static @Nullable String script(PackageJson json, Descriptor.@Nullable Build build) {
        if (build == null || build.script() == null) {
            return json.script("build").isPresent() ? "build" : null;
        }
        if (json.script(build.script()).isEmpty()) {
            throw new BuildFailure(
                    "build.script names %s, and package.json has no such script.".formatted(build.script()));
        }
        return build.script();
    }

    private static List<String> command(
            SourceFiles files, PackageJson json, Descriptor descriptor, @Nullable String script) {
        if (descriptor.run() != null && descriptor.run().command() != null) {
            return descriptor.run().command();
        }
        return Procfile.command(files)
                .or(() -> json.script("start")
                        .filter(start -> script == null || !isDevelopmentServer(start))
                        .map(start -> startCommand(json, start)))
                .or(() -> script != null && declaresOutput(descriptor) ? Optional.of(List.of()) : Optional.empty())
                .or(() -> files.has("server.js") ? Optional.of(List.of("node", "server.js")) : Optional.empty())
                .or(() -> script == null
                        ? json.main().filter(files::has).map(main -> List.of("node", main))
                        : Optional.empty())
                .or(() -> script != null ? Optional.of(List.of()) : Optional.empty())
                .orElseThrow(
                        () -> new BuildFailure(
                                "Nothing says how to start this component. Add a start script to package.json, a Procfile, or run.command to cytoplane.yaml."));
    }

    private static boolean declaresOutput(Descriptor descriptor) {
        return descriptor.build() != null && descriptor.build().output() != null;
    }

    /** Node.js itself when the script only calls it: npm between the platform and the process would cost memory and swallow signals. */
    private static List<String> startCommand(PackageJson json, String start) {
        boolean hooks =
                json.script("prestart").isPresent() || json.script("poststart").isPresent();
        return CommandLine.parse(start)
                .filter(words -> !hooks && words.getFirst().equals("node"))
                .orElse(List.of("npm", "start"));
    }

    private static boolean isDevelopmentServer(String start) {
        return CommandLine.parse(start)
                .filter(words -> DEVELOPMENT_SERVERS.contains(words.getFirst()))
                .isPresent();
    }
}
