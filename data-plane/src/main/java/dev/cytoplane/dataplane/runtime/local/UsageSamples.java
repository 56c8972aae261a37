package dev.cytoplane.dataplane.runtime.local;

import dev.cytoplane.process.RunningProcess;
import dev.cytoplane.process.Usage;
import org.jspecify.annotations.Nullable;

/** What a process needs of the machine, seen every few seconds by one thread and read by others. */
final class UsageSamples {

    private record Sample(Usage usage, long nanos, @Nullable Integer cpuMillis) {}

    private volatile @Nullable Sample last;

    void take(RunningProcess process) {
        Usage now = process.usage();
        long nanos = System.nanoTime();
        Sample before = last;
        Integer cpu = null;
        if (before != null && now.cpuMillis() >= before.usage.cpuMillis() && nanos > before.nanos) {
            long millis = Math.max(1, (nanos - before.nanos) / 1_000_000);
            cpu = Math.toIntExact((now.cpuMillis() - before.usage.cpuMillis()) * 1_000 / millis);
        }
        last = new Sample(now, nanos, cpu);
    }

    /** Another process comes, or none. */
    void clear() {
        last = null;
    }

    /** Resident memory; null while it is not known. */
    @Nullable
    Long memoryBytes() {
        Sample sample = last;
        return sample == null || sample.usage.memoryBytes() == 0 ? null : sample.usage.memoryBytes();
    }

    /** Thousandths of a processor between the last two samples; null before there are two. */
    @Nullable
    Integer cpuMillis() {
        Sample sample = last;
        return sample == null ? null : sample.cpuMillis;
    }
}
