package dev.cytoplane.dataplane.site;

import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * By what a client knows whether a file is the one that it has. Files of a reproducible image all have the same date, in
 * every release: there the digest of the whole site stands for it.
 *
 * @param site null where each file's own date counts
 */
record Validators(@Nullable String site) {

    static final Validators OF_FILES = new Validators(null);

    private static final int DIGITS = 16;

    /** @param digest {@code sha256:<hex>} of everything that is served */
    static Validators ofSite(String digest) {
        String hex = digest.substring(digest.indexOf(':') + 1);
        return new Validators(hex.substring(0, Math.min(DIGITS, hex.length())));
    }

    Optional<Instant> modified(BasicFileAttributes file) {
        return site == null
                ? Optional.of(file.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.SECONDS))
                : Optional.empty();
    }

    /** An entity tag, with its quotation marks. */
    String tag(BasicFileAttributes file) {
        String version = modified(file)
                .map(date -> Long.toHexString(date.getEpochSecond()))
                .orElse(String.valueOf(site));
        return '"' + version + "-" + Long.toHexString(file.size()) + '"';
    }
}
