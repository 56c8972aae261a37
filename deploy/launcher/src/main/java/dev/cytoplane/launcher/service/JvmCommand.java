package dev.cytoplane.launcher.service;

import dev.cytoplane.launcher.platform.Installation;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a Java service of the platform is started on one machine: little memory before much speed, since there are few
 * calls and they share the machine with a person's other programs.
 */
public final class JvmCommand {

    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xss512k",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dfile.encoding=UTF-8",
            "-Duser.timezone=UTC");

    /** What the JVM makes of code that runs often. */
    public enum Code {
        /** Quickly compiled and never optimized: for what answers a few calls. */
        PLAIN("-XX:TieredStopAtLevel=1"),
        /** Optimized where it is hot: for what every request passes. */
        OPTIMIZED("-XX:ReservedCodeCacheSize=48m");

        private final String flag;

        Code(String flag) {
            this.flag = flag;
        }

        /**
         * By the JVM's names of its compilers: c1 is plain, c2 optimized.
         *
         * @throws IllegalArgumentException when it is neither
         */
        static Code of(String variable, String compiler) {
            return switch (compiler) {
                case "c1" -> PLAIN;
                case "c2" -> OPTIMIZED;
                default ->
                    throw new IllegalArgumentException("%s is c1 or c2, not \"%s\"".formatted(variable, compiler));
            };
        }
    }

    private JvmCommand() {}

    /**
     * @param module folder of the module in the installation
     * @param heap most megabytes of heap
     */
    public static List<String> of(Installation installation, String module, String mainClass, int heap, Code code) {
        List<Path> classPath = installation.classPath(module);
        List<String> command = new ArrayList<>();
        command.add(Installation.java().toString());
        command.addAll(FLAGS);
        command.add(code.flag);
        command.add("-Xmx" + heap + "m");
        command.addAll(AotCache.of(installation.target(module), classPath).flags());
        command.add("-cp");
        command.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(mainClass);
        return command;
    }
}
