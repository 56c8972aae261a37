package dev.cytoplane.dataplane.kubernetes.image;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A shell and the small programs that scripts expect beside it, of this machine: for images whose work is to run others' scripts. */
final class ShellLayer {

    private static final FilePermissions PROGRAM = FilePermissions.fromOctalString("755");

    /** What scripts of Maven, npm and packages call; where one is missing on this machine the image is without it. */
    private static final List<String> PROGRAMS = List.of(
            ("awk basename bash cat chmod cmp comm cp cut date dd diff dirname du echo env expr false find grep gunzip gzip head"
                            + " hostname id install join ln ls md5sum mkdir mktemp mv nproc od paste patch printf pwd readlink"
                            + " realpath rm rmdir sed seq sha256sum sleep sort split stat sync tail tar tee test touch tr true"
                            + " uname uniq wc which xargs xz")
                    .split(" "));

    private static final List<Path> FOLDERS = List.of(Path.of("/usr/bin"), Path.of("/bin"));

    private ShellLayer() {}

    /** @param programs for which the image needs libraries */
    record Shell(FileEntriesLayer layer, List<Path> programs) {}

    static Shell ofThisMachine() throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("shell");
        List<Path> programs = new ArrayList<>();
        Path shell = find("sh").orElseThrow(() -> new ImageException("This machine has no shell", null));
        layer.addEntry(shell, AbsoluteUnixPath.get("/bin/sh"), PROGRAM);
        programs.add(shell);
        for (String name : PROGRAMS) {
            Optional<Path> program = find(name);
            if (program.isPresent()) {
                layer.addEntry(program.get(), AbsoluteUnixPath.get("/usr/bin/" + name), PROGRAM);
                programs.add(program.get());
            }
        }
        return new Shell(layer.build(), List.copyOf(programs));
    }

    private static Optional<Path> find(String name) throws IOException {
        Optional<Path> found = Stream.of(name)
                .flatMap(wanted -> FOLDERS.stream().map(folder -> folder.resolve(wanted)))
                .filter(Files::isExecutable)
                .findFirst();
        return found.isPresent() ? Optional.of(found.get().toRealPath()) : found;
    }
}
