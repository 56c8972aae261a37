package dev.cytoplane.dataplane.cell;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Hears how long each look at a cell took. */
public interface PassListener {

    /** @param failure what ended it early; null when all steps were taken */
    void passed(String cell, Duration took, @Nullable Throwable failure);
}
