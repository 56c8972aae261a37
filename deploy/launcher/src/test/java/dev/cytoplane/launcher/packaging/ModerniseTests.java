package dev.cytoplane.launcher.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import org.junit.jupiter.api.Test;

class ModerniseTests {

    /** picocli's largest class: the one that cost most to load. */
    private static byte[] old() throws IOException {
        try (InputStream file = ModerniseTests.class.getResourceAsStream("/picocli/CommandLine.class")) {
            return file == null ? new byte[0] : file.readAllBytes();
        }
    }

    @Test
    void givesOldClassesStackMapsThatTheVerifierAccepts() throws IOException {
        byte[] modern = Modernise.modernise(old());

        assertThat(ClassFile.of().parse(modern).majorVersion()).isEqualTo(ClassFile.JAVA_8_VERSION);
        assertThat(ClassFile.of().verify(modern)).isEmpty();
    }
}
