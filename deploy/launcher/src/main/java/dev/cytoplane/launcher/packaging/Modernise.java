package dev.cytoplane.launcher.packaging;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Gives the classes of a library the class file format of Java 8, with stack maps. picocli is compiled for Java 5, whose
 * classes the JVM keeps out of its AOT cache: loading them anew at each start costs more than all the rest.
 */
public final class Modernise {

    private static final int WITH_STACK_MAPS = ClassFile.JAVA_8_VERSION;

    private Modernise() {}

    /** The folder of libraries, and the beginnings of the names of those to change. */
    public static void main(String[] arguments) throws IOException {
        List<String> wanted = List.of(arguments).subList(1, arguments.length);
        try (Stream<Path> libraries = Files.list(Path.of(arguments[0]))) {
            for (Path library : libraries.toList()) {
                String name = library.getFileName().toString();
                if (name.endsWith(".jar") && wanted.stream().anyMatch(name::startsWith)) {
                    modernise(library);
                }
            }
        }
    }

    private static void modernise(Path library) throws IOException {
        Path changed = library.resolveSibling(library.getFileName() + ".new");
        int count = 0;
        try (ZipFile from = new ZipFile(library.toFile());
                OutputStream out = Files.newOutputStream(changed);
                ZipOutputStream to = new ZipOutputStream(out)) {
            for (Enumeration<? extends ZipEntry> entries = from.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                byte[] content = from.getInputStream(entry).readAllBytes();
                if (entry.getName().endsWith(".class") && major(content) < WITH_STACK_MAPS) {
                    content = modernise(content);
                    count++;
                }
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setLastModifiedTime(FileTime.fromMillis(entry.getTime()));
                to.putNextEntry(copy);
                to.write(content);
                to.closeEntry();
            }
        }
        if (count == 0) {
            Files.delete(changed);
        } else {
            Files.move(changed, library, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static int major(byte[] classFile) {
        return (classFile[6] & 0xff) << 8 | classFile[7] & 0xff;
    }

    static byte[] modernise(byte[] content) {
        ClassLoader loader = Modernise.class.getClassLoader();
        ClassFile format = ClassFile.of(
                StackMapsOption.GENERATE_STACK_MAPS,
                ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)
                        .orElse(ClassHierarchyResolver.defaultResolver())));
        // Every method is written anew, as only then its stack maps are made.
        return format.transformClass(
                format.parse(content),
                ClassTransform.transformingMethodBodies((code, element) -> code.with(element))
                        .andThen(ClassTransform.dropping(ClassFileVersion.class::isInstance))
                        .andThen(ClassTransform.endHandler(builder -> builder.withVersion(WITH_STACK_MAPS, 0))));
    }
}
