package dev.cytoplane.contracts.link;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.cytoplane.contracts.build.BuildOrder;
import dev.cytoplane.contracts.cell.Cell;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code GET /link/v1/cells?revision=N} (newline-delimited JSON). Without a revision, or with one the
 * control plane does not know, the stream starts with a snapshot; else with what changed after it. Losing every event
 * but the last of a cell changes nothing.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LinkEvent.SnapshotStarted.class, name = "SNAPSHOT_STARTED"),
    @JsonSubTypes.Type(value = LinkEvent.CellChanged.class, name = "CELL_CHANGED"),
    @JsonSubTypes.Type(value = LinkEvent.CellDeleted.class, name = "CELL_DELETED"),
    @JsonSubTypes.Type(value = LinkEvent.SnapshotCompleted.class, name = "SNAPSHOT_COMPLETED"),
    @JsonSubTypes.Type(value = LinkEvent.Heartbeat.class, name = "HEARTBEAT"),
    @JsonSubTypes.Type(value = LinkEvent.LogsWanted.class, name = "LOGS_WANTED"),
    @JsonSubTypes.Type(value = LinkEvent.CallWanted.class, name = "CALL_WANTED"),
    @JsonSubTypes.Type(value = LinkEvent.RunWanted.class, name = "RUN_WANTED"),
    @JsonSubTypes.Type(value = LinkEvent.RunUnwanted.class, name = "RUN_UNWANTED"),
    @JsonSubTypes.Type(value = LinkEvent.BuildsWanted.class, name = "BUILDS_WANTED")
})
public sealed interface LinkEvent {

    /** What follows until {@link SnapshotCompleted} is every cell of this data plane. */
    record SnapshotStarted() implements LinkEvent {}

    record CellChanged(long revision, Cell cell) implements LinkEvent {}

    record CellDeleted(long revision, String cell) implements LinkEvent {}

    /** Cells that the snapshot did not name are to be removed. */
    record SnapshotCompleted(long revision) implements LinkEvent {}

    /** Every ten seconds when there is nothing else to say. Silence for 30 seconds means that the link is dead. */
    record Heartbeat(long revision) implements LinkEvent {}

    /**
     * Someone reads a component's log: the data plane answers with {@code POST /link/v1/log-streams/{stream}}, a
     * newline-delimited stream of {@link LogLine}, which ends when the reader leaves or all is said. A blank line is only
     * a sign of life.
     *
     * @param instance one instance, or all
     * @param tail lines to start with, at most 10,000
     * @param follow go on with new lines until the reader leaves
     */
    record LogsWanted(
            String stream,
            String cell,
            String component,
            @Nullable String instance,
            int tail,
            boolean follow) implements LinkEvent {}

    /**
     * Someone tries out a public endpoint: the data plane sends the request through the front door of its gateway, and
     * answers with {@code POST /link/v1/call-outcomes/{call}}, an {@link EndpointCall.Outcome}. Where the endpoint is, the
     * data plane knows from the cell: nothing here can lead anywhere else.
     */
    record CallWanted(String call, String cell, String component, String endpoint, EndpointCall.Request request)
            implements LinkEvent {}

    /**
     * Someone wants a task to run. Said again and again until the cell's status names the run, so a data plane takes up a
     * run that it knows only once.
     *
     * @param run the run's id, by which the status tells of it
     * @param arguments what follows the component's command
     */
    record RunWanted(UUID run, String cell, String component, List<String> arguments) implements LinkEvent {}

    /** Someone wants a run to end. Said again and again until the cell's status says that it has. */
    record RunUnwanted(UUID run, String cell, String component) implements LinkEvent {}

    /**
     * All builds that this data plane is to run now, every two seconds; said only to one that has told what it can build
     * with. What it runs besides these is to end.
     */
    record BuildsWanted(List<BuildOrder> builds) implements LinkEvent {}
}
