package dev.cytoplane.controlplane.build.log;

import dev.cytoplane.controlplane.stream.Topics;
import dev.cytoplane.controlplane.stream.Wakeup;
import java.time.Duration;
import java.util.UUID;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Wakes those who follow a build, or the deployments of a component, in this process when something there changed. */
@Component
public class Signals implements SmartLifecycle {

    private final Topics<UUID, Subscription> waiting = new Topics<>();
    private volatile boolean active;

    @Override
    public void start() {
        active = true;
    }

    /** Who follows something is let go before the listeners close, and finds it again at the next control plane. */
    @Override
    public void stop() {
        active = false;
        waiting.everywhere().forEach(subscription -> subscription.wake(true));
    }

    @Override
    public boolean isRunning() {
        return active;
    }

    /** Something about it changed: its state, or only its log, which grows much more often. */
    public void signal(UUID build, boolean state) {
        waiting.at(build).forEach(subscription -> subscription.wake(state));
    }

    /** Subscribe first, then look, then wait: nothing that changes in between is missed. */
    public Subscription subscribe(UUID build) {
        Subscription subscription = new Subscription(build);
        waiting.add(build, subscription);
        return subscription;
    }

    /** One follower's wait. */
    public final class Subscription implements AutoCloseable {

        private final UUID build;
        private final Wakeup changed = new Wakeup();
        private volatile boolean state;

        private Subscription(UUID build) {
            this.build = build;
        }

        /** False when the platform stops. */
        public boolean isOpen() {
            return active;
        }

        private void wake(boolean withState) {
            if (withState) {
                state = true;
            }
            changed.call();
        }

        /**
         * Until something changed, or some time has passed (what another instance does is not signalled here).
         *
         * @return whether the state may have changed too
         */
        public boolean await(Duration most) throws InterruptedException {
            if (!changed.await(most)) {
                return true;
            }
            boolean changedState = state;
            state = false;
            return changedState;
        }

        @Override
        public void close() {
            waiting.remove(build, this);
        }
    }
}
