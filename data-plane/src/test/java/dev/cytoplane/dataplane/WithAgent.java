package dev.cytoplane.dataplane;

import dev.cytoplane.dataplane.runtime.local.LocalRuntime;
import dev.cytoplane.dataplane.runtime.local.LocalSettings;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A whole data plane in this JVM. */
abstract class WithAgent extends WithLink {

    LocalRuntime runtime;
    Agent agent;

    @BeforeEach
    void prepareAndStart() throws IOException {
        prepare();
        start();
    }

    /** Before the agent joins. */
    void prepare() throws IOException {}

    final void start() {
        runtime = new LocalRuntime(
                new LocalSettings(settings.state(), settings.javaHomeOrOwn(), null, settings.telemetryEndpoint()),
                ports,
                new SecureRandom(),
                Clock.systemUTC());
        agent = new LocalAgent(settings, runtime, ports, new SecureRandom(), clock);
        agent.start();
    }

    @AfterEach
    void stop() {
        agent.close();
    }
}
