package dev.cytoplane.dataplane;

import dev.cytoplane.dataplane.artifact.Artifacts;
import dev.cytoplane.dataplane.cell.DesiredCells;
import dev.cytoplane.dataplane.cell.Reconciler;
import dev.cytoplane.dataplane.gateway.FrontDoor;
import dev.cytoplane.dataplane.gateway.Gateway;
import dev.cytoplane.dataplane.identity.CellCertificates;
import dev.cytoplane.dataplane.identity.Identity;
import dev.cytoplane.dataplane.identity.KeyStorage;
import dev.cytoplane.dataplane.identity.Sealing;
import dev.cytoplane.dataplane.link.Link;
import dev.cytoplane.dataplane.port.Ports;
import dev.cytoplane.dataplane.runtime.BuildOrders;
import dev.cytoplane.dataplane.runtime.local.LocalRuntime;
import dev.cytoplane.dataplane.settings.DataPlaneSettings;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.OnShutdown;
import dev.cytoplane.dataplane.status.Statuses;
import dev.cytoplane.dataplane.telemetry.Telemetry;
import dev.cytoplane.dataplane.traffic.RecentTraffic;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a data plane on one machine, put together and started in order. */
final class LocalAgent implements Agent {

    private static final Logger log = LoggerFactory.getLogger(LocalAgent.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final DataPlaneSettings settings;
    private final LocalRuntime runtime;
    private final Gateway gateway;
    private final Reconciler reconciler;
    private final DesiredCells cells;
    private final Statuses statuses;
    private final Identity identity;
    private final Link link;
    private final FrontDoor frontDoor;
    private final Telemetry telemetry;
    private volatile boolean started;

    LocalAgent(DataPlaneSettings settings, LocalRuntime runtime, Ports ports, SecureRandom random, Clock clock) {
        this.settings = settings;
        this.runtime = runtime;
        KeyStorage keys = KeyStorage.files(settings.state());
        Sealing sealing = new Sealing(keys);
        this.identity = new Identity(keys, sealing);
        this.link = new Link(settings, identity, random, clock);
        Artifacts artifacts = new Artifacts(settings.state(), link.artifacts(), clock);
        this.gateway = new Gateway(settings, identity, new CellCertificates(identity, clock), ports, random, clock);
        this.cells = new DesiredCells(settings.state());
        this.reconciler = new Reconciler(cells, runtime, gateway, artifacts, sealing, settings, clock);
        this.frontDoor = new FrontDoor(settings.gateway(), cells::find);
        this.statuses = new Statuses(runtime, gateway, settings, clock);
        this.telemetry = new Telemetry(settings.telemetryEndpoint(), runtime, link::isConnected);
    }

    /** Cells first: they run whether or not there is a control plane. */
    @Override
    public void start() {
        tellWhoThisIs();
        reconciler.onChange(view -> {
            statuses.seen(view);
            telemetry.seen(view);
        });
        reconciler.onPass(telemetry::passed);
        statuses.onRemovalTold(reconciler::removalTold);
        reconciler.start();
        link.onConnect(this::tellWhoThisIs);
        link.start(
                cells,
                new Link.Answers(
                        statuses,
                        runtime,
                        frontDoor,
                        new RecentTraffic(gateway::traffic),
                        runtime.tasks(),
                        BuildOrders.NONE));
        started = true;
    }

    private void tellWhoThisIs() {
        if (identity.isJoined()) {
            telemetry.begin(identity.dataPlane());
        }
    }

    @Override
    public boolean isReady() {
        return started;
    }

    @Override
    public boolean isConnected() {
        return link.isConnected();
    }

    /** Each step is taken whatever the one before did: a cell that is left running is worse than a warning. */
    @Override
    public void close() {
        step("link", link::close);
        step("front door", frontDoor::close);
        step("reconciler", reconciler::close);
        if (settings.onShutdown() == OnShutdown.STOP) {
            step("gateway", () -> gateway.stopProcess(PATIENCE));
            step("cells", () -> runtime.endAll(PATIENCE));
        } else {
            step("gateway", gateway::close);
        }
        step("telemetry", telemetry::close);
        step("runtime", runtime::close);
    }

    private static void step(String what, Runnable close) {
        try {
            close.run();
        } catch (RuntimeException e) {
            log.warn("The {} did not close as it should", what, e);
        }
    }
}
