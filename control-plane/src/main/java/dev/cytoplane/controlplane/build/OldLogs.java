package dev.cytoplane.controlplane.build;

import dev.cytoplane.controlplane.build.Keeping.Item;
import dev.cytoplane.controlplane.build.log.BuildLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes logs of builds that are too old, and the oldest when all together are too much. The builds stay listed. */
@Component
class OldLogs {

    private static final Logger LOG = LoggerFactory.getLogger(OldLogs.class);

    /** Longer than a build may take by default: its log is not deleted under it. */
    private static final Duration YOUNG = Duration.ofHours(1);

    private final BuildLogs logs;
    private final BuildSettings settings;
    private final Clock clock;

    OldLogs(BuildLogs logs, BuildSettings settings, Clock clock) {
        this.logs = logs;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT1H")
    void prune() {
        Instant now = clock.instant();
        List<Item> all = new ArrayList<>();
        for (Path file : logs.files()) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                all.add(new Item(
                        file, attributes.size(), attributes.lastModifiedTime().toInstant()));
            } catch (IOException e) {
                LOG.debug("The log {} went with its component", file, e);
            }
        }
        Instant oldest = now.minus(settings.logsRetention());
        for (Item item : Keeping.leaving(all, settings.logsLimit().toBytes(), oldest)) {
            if (item.used().isBefore(now.minus(YOUNG))) {
                delete(item.path());
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("The log {} cannot be deleted: {}", file, e.toString());
        }
    }
}
