package dev.cytoplane.dataplane.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cytoplane.dataplane.identity.Identity;
import dev.cytoplane.dataplane.identity.IdentityException;
import dev.cytoplane.dataplane.identity.KeyStorage;
import dev.cytoplane.dataplane.identity.Sealing;
import dev.cytoplane.dataplane.settings.DataPlaneSettings;
import dev.cytoplane.dataplane.testing.TestLink;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class MembershipTest {

    @TempDir
    Path state;

    @Test
    void joinsWithItsTokenAloneWhoProvesToHaveIt() throws Exception {
        try (TestLink link = new TestLink(Clock.systemUTC())) {
            Identity identity = identity();

            membership(link, identity, TestLink.TOKEN, null).join();

            assertThat(identity.isJoined()).isTrue();
            assertThat(link.asked()).containsExactly("POST /link/v1/introductions", "POST /link/v1/enrolments");
        }
    }

    @Test
    void saysNothingToWhoDoesNotHaveItsToken() throws Exception {
        try (TestLink link = new TestLink(Clock.systemUTC())) {
            Identity identity = identity();

            assertThatThrownBy(() -> membership(link, identity, TestLink.TOKEN + "x", null)
                            .join())
                    .isInstanceOf(IdentityException.class)
                    .hasMessageContaining("does not have the join token");

            assertThat(link.asked()).containsExactly("POST /link/v1/introductions");
            assertThat(identity.isJoined()).isFalse();
        }
    }

    @Test
    void asksNobodyWhoHeIsWhereItWasToldAFingerprint() throws Exception {
        try (TestLink link = new TestLink(Clock.systemUTC())) {
            Identity identity = identity();

            membership(link, identity, TestLink.TOKEN, link.fingerprint()).join();

            assertThat(link.asked()).isEqualTo(List.of("POST /link/v1/enrolments"));
        }
    }

    private Identity identity() {
        return new Identity(KeyStorage.files(state), new Sealing(KeyStorage.files(state)));
    }

    private Membership membership(TestLink link, Identity identity, String token, @Nullable String fingerprint) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "cytoplane.data-plane.state", state.toString(),
                "cytoplane.data-plane.link-url", link.url().toString(),
                "cytoplane.data-plane.join-token", token));
        if (fingerprint != null) {
            values.put("cytoplane.data-plane.ca-fingerprint", fingerprint);
        }
        DataPlaneSettings settings = new Binder(new MapConfigurationPropertySource(values))
                .bind("cytoplane.data-plane", DataPlaneSettings.class)
                .get();
        return new Membership(new LinkClient(settings.linkUrl(), identity), identity, settings, Clock.systemUTC());
    }
}
