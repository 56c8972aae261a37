package dev.cytoplane.builder.site;

import dev.cytoplane.builder.BuildFailure;
import dev.cytoplane.builder.Builder;
import dev.cytoplane.builder.Product;
import dev.cytoplane.builder.SourceFiles;
import dev.cytoplane.builder.Tool;
import dev.cytoplane.builder.Toolchain;
import dev.cytoplane.builder.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A static site: the folder with the {@code index.html} is served, {@code public/} before the top one. */
public final class SiteBuilder implements Builder {

    private static final List<String> FOLDERS = List.of("public", "");

    @Override
    public String name() {
        return "static";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Optional<String> recognises(SourceFiles files) {
        return folder(files).map(folder -> "it has " + (folder.isEmpty() ? "" : "a " + folder + "/") + "index.html");
    }

    @Override
    public List<Tool> tools(SourceFiles files, Toolchain toolchain) {
        return List.of();
    }

    @Override
    public Product build(Workspace workspace) {
        var declared = workspace.descriptor().build();
        String folder = declared != null && declared.output() != null
                ? declared.output()
                : folder(workspace.files())
                        .orElseThrow(
                                () -> new BuildFailure(
                                        "There is no index.html and no public/index.html to serve. Name the folder to serve under build.output in cytoplane.yaml."));
        Path root = workspace.directory().resolve(folder).normalize();
        if (!Files.isDirectory(root)) {
            throw new BuildFailure("build.output names %s, which is not a folder of the source.".formatted(folder));
        }
        return Product.files(root);
    }

    private static Optional<String> folder(SourceFiles files) {
        return FOLDERS.stream()
                .filter(folder -> files.has(folder.isEmpty() ? "index.html" : folder + "/index.html"))
                .findFirst();
    }
}
