package dev.cytoplane.dataplane.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The files of a static site by the paths of requests. No path leads out of it, and none to a file with a leading dot. */
final class Site {

    private static final String START_PAGE = "index.html";

    private final Path folder;

    Site(Path folder) throws IOException {
        this.folder = folder.toRealPath();
    }

    /** The application's start page, if it has one. */
    @Nullable
    Path startPage() throws IOException {
        return regular(folder.resolve(START_PAGE));
    }

    /** The file a path means, or null. @param path decoded, with its leading slash */
    @Nullable
    Path find(String path) throws IOException {
        Path place = place(path);
        if (place == null) {
            return null;
        }
        if (Files.isDirectory(place)) {
            return regular(place.resolve(START_PAGE));
        }
        return path.endsWith("/") ? null : regular(place);
    }

    /** Whether the path means a folder and lacks its slash, without which the page's own links would lead elsewhere. */
    boolean lacksSlash(String path) throws IOException {
        Path place = place(path);
        return place != null && !path.endsWith("/") && Files.isDirectory(place);
    }

    private @Nullable Path place(String path) {
        if (!path.startsWith("/")) {
            return null;
        }
        Path relative;
        try {
            relative = Path.of(path.substring(1)).normalize();
        } catch (InvalidPathException e) {
            return null;
        }
        if (relative.isAbsolute()) {
            return null;
        }
        for (Path name : relative) {
            if (name.toString().startsWith(".")) {
                return null;
            }
        }
        return folder.resolve(relative);
    }

    /** The file with links resolved, if it is one and lies in the site. */
    private @Nullable Path regular(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        Path real = file.toRealPath();
        return real.startsWith(folder) && Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS) ? real : null;
    }
}
