package dev.cytoplane.controlplane.cell;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.controlplane.cell.CellInput.DeclaredCaller;
import dev.cytoplane.controlplane.cell.CellInput.DeployedComponent;
import dev.cytoplane.controlplane.cell.CellSources.Need;
import dev.cytoplane.controlplane.cell.CellSources.Place;
import dev.cytoplane.controlplane.cell.CellSources.Running;
import dev.cytoplane.controlplane.event.Outbox;
import dev.cytoplane.controlplane.secret.Sealing;
import dev.cytoplane.controlplane.secret.SealingKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Brings one cell's document up to what is desired now. May run at any time and any number of times. */
@Component
class CellCompilation {

    private final CellLock locks;
    private final CellSources sources;
    private final CellSettings settings;
    private final Cells cells;
    private final CellEnd end;
    private final Sealing sealing;
    private final Outbox outbox;
    private final ObjectProvider<CellObserver> observers;

    CellCompilation(
            CellLock locks,
            CellSources sources,
            CellSettings settings,
            Cells cells,
            CellEnd end,
            Sealing sealing,
            Outbox outbox,
            ObjectProvider<CellObserver> observers) {
        this.locks = locks;
        this.sources = sources;
        this.settings = settings;
        this.cells = cells;
        this.end = end;
        this.sealing = sealing;
        this.outbox = outbox;
        this.observers = observers;
    }

    /** @return the names of the projects whose cells in this environment may depend on what changed */
    @Transactional
    public Set<String> compile(CellRef cell) {
        locks.hold(cell);
        Optional<Place> place = sources.place(cell);
        List<Running> running = place.isPresent() ? sources.running(cell) : List.of();
        Optional<Cells.Stored> before = cells.find(cell);
        Set<Need> needs =
                place.map(it -> CellSources.needs(it.project(), running)).orElse(Set.of());
        Set<String> neighbours = new HashSet<>(sources.rememberNeeds(cell, needs));
        needs.forEach(need -> neighbours.add(need.project()));
        if (place.isEmpty()) {
            before.filter(it -> it.document() != null).ifPresent(end::bury);
            return neighbours;
        }
        List<DeclaredCaller> callers = sources.callers(cell, place.get().project());
        callers.forEach(caller -> neighbours.add(caller.project()));
        boolean empty = running.stream().noneMatch(Running::desired);
        if (empty && before.filter(it -> it.document() != null).isEmpty()) {
            return neighbours;
        }
        CellPlace named = settings.place(place.get());
        CellInput input = new CellInput(
                named,
                components(cell, named.name(), place.get(), running),
                callers,
                sources.targets(cell, place.get().dataPlane(), needs));
        store(cell, place.get(), named, CellCompiler.compile(input), before);
        return neighbours;
    }

    private List<DeployedComponent> components(CellRef cell, String cellName, Place place, List<Running> running) {
        Optional<SealingKey> key = Optional.ofNullable(place.sealingKey()).map(SealingKey::parse);
        List<DeployedComponent> components = new ArrayList<>();
        for (Running component : running) {
            if (component.desired()) {
                List<Cell.SealedSecret> secrets = key.map(it -> sealing.seal(new Sealing.Recipient(
                                cell.organizationId(),
                                component.componentId(),
                                cell.environmentId(),
                                cellName,
                                component.name(),
                                place.dataPlane(),
                                it)))
                        .orElse(List.of());
                components.add(new DeployedComponent(
                        component.name(),
                        component.type(),
                        component.release(),
                        component.artifact(),
                        component.descriptor(),
                        component.configuration(),
                        secrets,
                        component.operation()));
            }
        }
        return components;
    }

    private void store(CellRef cell, Place place, CellPlace named, Cell.Spec spec, Optional<Cells.Stored> before) {
        String hash = ContractJson.contentHash(spec);
        boolean same = before.filter(it -> it.document() != null
                        && it.contentHash().equals(hash)
                        && it.dataPlane().equals(place.dataPlane()))
                .isPresent();
        long version = before.map(Cells.Stored::version).orElse(0L) + (same ? 0 : 1);
        observers.forEach(observer -> observer.compiled(cell, version));
        Cell document = new Cell(
                Cell.API_VERSION,
                Cell.KIND,
                new Cell.Metadata(
                        named.name(),
                        place.organization(),
                        place.environment(),
                        place.project(),
                        version,
                        hash,
                        place.delivery()),
                spec);
        if (same) {
            // The same content may be delivered another way.
            before.filter(it ->
                            it.document() != null && it.document().metadata().delivery() != place.delivery())
                    .ifPresent(it -> cells.deliverAnew(it, document));
            return;
        }
        outbox.publish(
                cell.organizationId(),
                "cell.changed",
                place.organization() + "/" + place.project(),
                Map.of(
                        "cell", named.name(),
                        "projectId", cell.projectId(),
                        "environmentId", cell.environmentId(),
                        "environment", place.environment(),
                        "version", version,
                        "contentHash", hash));
        cells.store(cell, place.dataPlane(), document);
    }
}
