package dev.cytoplane.controlplane.dataplane;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Invites a data plane that is installed together with the control plane: its token is given to both, and is good until it
 * was used, once.
 */
@Component
class StandingInvitation {

    private static final Logger LOG = LoggerFactory.getLogger(StandingInvitation.class);

    /**
     * @param name of the data plane; nobody is invited without
     * @param domain under which public addresses of its cells lie
     * @param token at least 40 random characters
     */
    @ConfigurationProperties("cytoplane.invitation")
    record Settings(
            @Nullable String name,
            @DefaultValue("localhost") String domain,
            @Nullable String token) {

        @Override
        public String toString() {
            return "Settings[name=" + name + ", domain=" + domain + "]";
        }
    }

    private static final int LEAST = 40;

    private final Settings settings;
    private final DataPlanes dataPlanes;

    StandingInvitation(Settings settings, DataPlanes dataPlanes) {
        this.settings = settings;
        this.dataPlanes = dataPlanes;
    }

    /** At the start, and again before its life is over for as long as nobody has come. */
    @Scheduled(initialDelayString = "PT0S", fixedDelayString = "PT30M")
    void renew() {
        String name = settings.name();
        String token = settings.token();
        if (name == null || name.isEmpty() || token == null) {
            return;
        }
        if (token.length() < LEAST) {
            LOG.error("cytoplane.invitation.token has less than {} characters: nobody is invited", LEAST);
        } else if (dataPlanes.keepInvited(name, settings.domain(), token)) {
            LOG.info("The data plane {} may join with its token", name);
        }
    }
}
