package dev.cytoplane.endtoend.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks are run from their sources and belong to no module: that they still fit the code is seen here. */
class BenchmarksTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void everyBenchmarkCompiles(@TempDir Path classes) throws IOException {
        List<Path> classPath = new ArrayList<>();
        for (String module : List.of("control-plane", "data-plane", "cell-gateway")) {
            Path target = ROOT.resolve(module).resolve("target");
            classPath.addAll(files(target, ".jar"));
            classPath.addAll(files(target.resolve("lib"), ".jar"));
        }
        List<Path> sources = files(ROOT.resolve("benchmarks/src"), ".java");
        assertThat(sources).isNotEmpty();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            said,
                            manager,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-d",
                                    classes.toString(),
                                    "-cp",
                                    classPath.stream()
                                            .map(Path::toString)
                                            .collect(Collectors.joining(File.pathSeparator))),
                            null,
                            manager.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(compiled).as(said.toString()).isTrue();
        }
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
