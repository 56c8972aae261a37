package dev.cytoplane.controlplane.build;

import dev.cytoplane.controlplane.PlatformSettings;
import dev.cytoplane.controlplane.id.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Who this control plane is among several. The name stays over restarts: so it knows which builds it left behind. */
@Component
class Instance {

    private final String name;

    Instance(PlatformSettings platform) {
        this.name = read(platform.state().resolve("instance"));
    }

    String name() {
        return name;
    }

    private static String read(Path file) {
        try {
            if (Files.exists(file)) {
                return UUID.fromString(Files.readString(file).strip()).toString();
            }
            Files.createDirectories(file.getParent());
            String fresh = Ids.next().toString();
            // Moved into place whole: an end in the middle must not leave a name that nobody can read.
            Path part = Files.writeString(file.resolveSibling("instance.part"), fresh);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return fresh;
        } catch (IOException e) {
            throw new UncheckedIOException("The platform's state folder cannot be used", e);
        }
    }
}
