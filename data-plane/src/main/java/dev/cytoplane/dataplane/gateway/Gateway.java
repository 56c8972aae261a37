package dev.cytoplane.dataplane.gateway;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.Applied;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.Shut;
import dev.cytoplane.contracts.gateway.GatewayTraffic;
import dev.cytoplane.dataplane.gateway.Generations.Written;
import dev.cytoplane.dataplane.identity.CellCertificates;
import dev.cytoplane.dataplane.identity.Identity;
import dev.cytoplane.dataplane.port.Ports;
import dev.cytoplane.dataplane.settings.DataPlaneSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the gateway process running with the configuration that all cells together make. Cells say what they offer; one
 * thread derives, writes, and waits for the gateway to say what it applied. Thread-safe.
 */
public final class Gateway implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Gateway.class);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration WAITING = Duration.ofMillis(25);

    private final DataPlaneSettings settings;
    private final Identity identity;
    private final GatewayFolder folder;
    private final Allocations allocations;
    private final Generations generations;
    private final GatewayProcess process;
    private final Map<String, Offer> offers = new ConcurrentHashMap<>();
    private final Set<String> awaited = ConcurrentHashMap.newKeySet();
    private final Semaphore wake = new Semaphore(0);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Consumer<String> listener = cell -> {};
    private volatile Map<String, Offer> inForce = Map.of();
    private volatile @Nullable String fault;
    private volatile Map<String, String> shut = Map.of();
    private volatile boolean closing;
    private long appliedGeneration;

    public Gateway(
            DataPlaneSettings settings,
            Identity identity,
            CellCertificates cellCertificates,
            Ports ports,
            RandomGenerator random,
            Clock clock) {
        this.settings = settings;
        this.identity = identity;
        this.folder = new GatewayFolder(settings.state());
        this.allocations = new Allocations(settings.state(), ports);
        this.generations = new Generations(
                settings, identity, folder, allocations, new CertificateFiles(folder.path(), cellCertificates, clock));
        this.process = new GatewayProcess(settings, folder, random);
    }

    /**
     * Begins. Nothing is written until each of these cells has made its offer, so that a gateway which outlived the
     * agent never loses a route because the agent came back.
     */
    public void start(Set<String> knownCells) {
        boolean adopted = process.isAlive();
        knownCells.forEach(cell -> allocations.recall(cell, adopted));
        awaited.addAll(knownCells);
        Thread.ofVirtual().name("gateway").start(this::loop);
    }

    /** URLs for a component's connections, by variable: the cell's outbound listener and the connection's key. */
    public Map<String, String> connectionUrls(Cell cell, Cell.Component component) {
        Allocation allocation = allocations.of(cell);
        Map<String, String> urls = new TreeMap<>();
        component
                .connections()
                .forEach(connection -> urls.put(
                        connection.variable(),
                        "http://127.0.0.1:" + allocation.outboundPort() + "/"
                                + Objects.requireNonNull(allocation
                                        .connectionKeys()
                                        .get(Allocations.key(component.name(), connection.name())))));
        return urls;
    }

    /** Replaces what a cell offers. */
    public void offer(Offer offer) {
        String cell = offer.cell().metadata().name();
        boolean news = !offer.equals(offers.put(cell, offer));
        boolean first = awaited.remove(cell);
        if (news || first) {
            wake.release();
        }
    }

    /** A cell whose offer cannot be had for now does not keep the others waiting for theirs. */
    public void offerFailed(String cell) {
        if (awaited.remove(cell)) {
            wake.release();
        }
    }

    /** Withdraws a cell with all its routes and listeners. */
    public void withdraw(String cell) {
        awaited.remove(cell);
        if (offers.remove(cell) != null) {
            wake.release();
        }
    }

    /** What the gateway was last seen to do for a cell; empty when it does nothing. */
    public Optional<Offer> inForce(String cell) {
        return Optional.ofNullable(inForce.get(cell));
    }

    /** Gives back what a withdrawn cell was given. */
    public void forget(String cell) {
        allocations.remove(cell);
    }

    /** host:port of the cell's listener for other cells, once it has one. */
    public Optional<String> westboundAddress(String cell) {
        return Optional.ofNullable(allocations.existing(cell))
                .map(allocation -> settings.gateway().address() + ":" + allocation.westboundPort());
    }

    /** Why a cell's newest offer is not in force, in a sentence; empty when it is, or when that is not known yet. */
    public Optional<String> fault(String cell) {
        return Optional.ofNullable(fault).or(() -> Optional.ofNullable(shut.get(cell)));
    }

    /** What the process has counted last. */
    public Optional<GatewayTraffic> traffic() {
        return folder.traffic();
    }

    /** Calls back with a cell's name when what is in force for it has changed, or cannot be put in force. */
    public void onChange(Consumer<String> listener) {
        this.listener = listener;
    }

    private void loop() {
        try {
            while (!closing) {
                try {
                    pass();
                } catch (RuntimeException e) {
                    log.error("The gateway cannot be configured", e);
                    report("The gateway cannot be configured: " + e.getMessage());
                }
                Written last = generations.last();
                boolean waiting = last != null && last.number() > appliedGeneration;
                if (wake.tryAcquire((waiting ? WAITING : IDLE).toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
    }

    private void pass() {
        if (awaited.isEmpty() && identity.isJoined()) {
            generations.write(Map.copyOf(offers));
        }
        process.ensure();
        observe();
    }

    private void observe() {
        if (!process.isAlive()) {
            appliedGeneration = 0;
            report(process.fault());
            return;
        }
        Optional<Applied> applied = folder.applied();
        if (applied.isEmpty()) {
            appliedGeneration = 0;
            return;
        }
        Written last = generations.last();
        if (last == null || applied.get().generation() < last.number()) {
            return;
        }
        boolean news = applied.get().generation() > appliedGeneration;
        appliedGeneration = applied.get().generation();
        String error = applied.get().error();
        if (error != null) {
            if (news) {
                log.error("The gateway refuses generation {}: {}", appliedGeneration, error);
            }
            report("The gateway refuses its configuration: " + error);
            return;
        }
        report(entryFault(applied.get()));
        reportShut(applied.get());
        takeEffect(last);
        if (news) {
            generations.prune(last.offers().keySet());
        }
    }

    /** The front door is for all cells: while it is shut none is reached. */
    private static @Nullable String entryFault(Applied applied) {
        String reasons = applied.shut().stream()
                .filter(shut -> shut.cell() == null)
                .map(Shut::reason)
                .collect(Collectors.joining(" "));
        return reasons.isEmpty() ? null : reasons;
    }

    private void reportShut(Applied applied) {
        Map<String, String> now = new TreeMap<>();
        for (Shut each : applied.shut()) {
            if (each.cell() != null) {
                now.merge(each.cell(), each.reason(), (one, other) -> one + " " + other);
            }
        }
        Map<String, String> before = shut;
        shut = now;
        now.forEach((cell, reason) -> {
            if (!reason.equals(before.get(cell))) {
                log.warn("The gateway of {}: {}", cell, reason);
            }
        });
        changed(before, now).forEach(listener);
    }

    /** While a listener of a cell is shut, what was in force for it before counts, so that nothing of that is ended. */
    private void takeEffect(Written current) {
        Map<String, Offer> before = inForce;
        Map<String, Offer> now = new TreeMap<>();
        current.offers().forEach((cell, offer) -> {
            Offer counting = fault(cell).isEmpty() ? offer : before.get(cell);
            if (counting != null) {
                now.put(cell, counting);
            }
        });
        inForce = now;
        changed(before, now).forEach(listener);
    }

    private static <T> Set<String> changed(Map<String, T> before, Map<String, T> now) {
        Set<String> changed = new HashSet<>(before.keySet());
        changed.addAll(now.keySet());
        changed.removeIf(cell -> Objects.equals(before.get(cell), now.get(cell)));
        return changed;
    }

    private void report(@Nullable String sentence) {
        if (!Objects.equals(fault, sentence)) {
            fault = sentence;
            offers.keySet().forEach(listener);
        }
    }

    /** Ends the gateway process too. */
    public void stopProcess(Duration grace) {
        stopLoop();
        process.stop(grace);
        process.close();
    }

    /** Stops supervising; the gateway goes on with what it has. */
    @Override
    public void close() {
        stopLoop();
        process.close();
    }

    private void stopLoop() {
        closing = true;
        wake.release();
        try {
            if (!stopped.await(5, TimeUnit.SECONDS)) {
                log.warn("The gateway's configuration is still being looked at");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
