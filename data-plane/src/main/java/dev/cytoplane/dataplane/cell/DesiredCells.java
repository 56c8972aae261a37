package dev.cytoplane.dataplane.cell;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.storage.StateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The cells that should run here, as last heard, and the revision of the link they were heard at. On disk, so that all
 * of it runs again when the control plane is away. Thread-safe.
 */
public final class DesiredCells {

    private static final Pattern CELL = Pattern.compile("[a-z0-9-]{1,63}(\\.[a-z0-9-]{1,63}){2}");
    private static final Pattern COMPONENT = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final String DESIRED = "cell.json";
    /** The cell is to be removed; gone when nothing of it runs any more and the control plane was told so. */
    private static final String REMOVING = "removing.json";

    private record Revision(long revision) {}

    private final Path folder;
    private final Path revisionFile;
    private final Map<String, Cell> cells = new ConcurrentHashMap<>();
    private final Map<String, Cell> removing = new ConcurrentHashMap<>();
    private volatile Consumer<String> listener = cell -> {};

    public DesiredCells(Path state) {
        this.folder = StateFiles.folder(state.resolve("cells"));
        this.revisionFile = folder.resolve("revision.json");
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(Files::isDirectory).forEach(entry -> {
                String name = entry.getFileName().toString();
                StateFiles.readJson(entry.resolve(DESIRED), Cell.class).ifPresent(cell -> cells.put(name, cell));
                StateFiles.readJson(entry.resolve(REMOVING), Cell.class).ifPresent(cell -> removing.put(name, cell));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void onChange(Consumer<String> listener) {
        this.listener = listener;
    }

    /** Names of all cells, those that are being removed included. */
    public Set<String> names() {
        Map<String, Cell> all = new TreeMap<>(removing);
        all.putAll(cells);
        return all.keySet();
    }

    /** Whether anything of the cell is wanted, or still to be removed. */
    boolean knows(String cell) {
        return cells.containsKey(cell) || removing.containsKey(cell);
    }

    /** Names of the cells that should run. */
    public Set<String> wanted() {
        return Set.copyOf(cells.keySet());
    }

    public Optional<Cell> find(String cell) {
        return Optional.ofNullable(cells.get(cell));
    }

    /** The last content of a cell that is being removed. */
    public Optional<Cell> findRemoving(String cell) {
        return Optional.ofNullable(removing.get(cell));
    }

    /**
     * Stores a cell.
     *
     * @throws IllegalArgumentException when it has a name that cannot be a folder here
     */
    public synchronized void put(Cell cell) {
        String name = cell.metadata().name();
        requireNames(cell);
        if (cell.equals(cells.get(name))) {
            return;
        }
        StateFiles.folder(folder.resolve(name));
        StateFiles.writeJson(folder.resolve(name).resolve(DESIRED), cell);
        cells.put(name, cell);
        removing.remove(name);
        StateFiles.delete(folder.resolve(name).resolve(REMOVING));
        listener.accept(name);
    }

    private static void requireNames(Cell cell) {
        if (!CELL.matcher(cell.metadata().name()).matches()) {
            throw new IllegalArgumentException(
                    "Not a cell's name: " + cell.metadata().name());
        }
        for (Cell.Component component : cell.spec().components()) {
            if (!COMPONENT.matcher(component.name()).matches()) {
                throw new IllegalArgumentException("Not a component's name: " + component.name());
            }
        }
    }

    public synchronized void remove(String name) {
        Cell cell = cells.get(name);
        if (cell != null) {
            StateFiles.writeJson(folder.resolve(name).resolve(REMOVING), cell);
            StateFiles.delete(folder.resolve(name).resolve(DESIRED));
            removing.put(name, cell);
            cells.remove(name);
            listener.accept(name);
        }
    }

    /** The same for a cell that was found running and is not known here, so that its end is told. */
    public synchronized void remove(Cell unknown) {
        String name = unknown.metadata().name();
        if (!knows(name)) {
            requireNames(unknown);
            StateFiles.folder(folder.resolve(name));
            StateFiles.writeJson(folder.resolve(name).resolve(REMOVING), unknown);
            removing.put(name, unknown);
            listener.accept(name);
        }
    }

    /** Nothing of a removed cell runs any more, and that was told. */
    public synchronized void removed(String name) {
        removing.remove(name);
        StateFiles.delete(folder.resolve(name).resolve(REMOVING));
    }

    /** The revision up to which everything heard is stored; empty before the first snapshot. */
    public Optional<Long> revision() {
        return StateFiles.readJson(revisionFile, Revision.class).map(Revision::revision);
    }

    public void revision(long revision) {
        if (revision().filter(known -> known == revision).isEmpty()) {
            StateFiles.writeJson(revisionFile, new Revision(revision));
        }
    }
}
