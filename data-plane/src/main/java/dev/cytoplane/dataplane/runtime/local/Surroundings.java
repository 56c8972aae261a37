package dev.cytoplane.dataplane.runtime.local;

import dev.cytoplane.dataplane.port.Ports;
import dev.cytoplane.dataplane.storage.StateFiles;
import dev.cytoplane.process.BackOff;
import dev.cytoplane.process.Processes;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What all instances of a local runtime share.
 *
 * @param records the folder of the instances' records
 * @param backOffs makes a back-off for an instance
 * @param changed is told when something about an instance has changed
 * @param ended is told when nothing of an instance is left
 */
record Surroundings(
        LocalSettings settings,
        Processes processes,
        Ports ports,
        Prober prober,
        InstanceLogs logs,
        Path records,
        Clock clock,
        Supplier<BackOff> backOffs,
        Consumer<LocalInstance> changed,
        Consumer<LocalInstance> ended) {

    void writeRecord(InstanceRecord entry) {
        StateFiles.writeJson(records.resolve(entry.id() + ".json"), entry);
    }

    void deleteRecord(InstanceRecord entry) {
        StateFiles.delete(records.resolve(entry.id() + ".json"));
    }
}
