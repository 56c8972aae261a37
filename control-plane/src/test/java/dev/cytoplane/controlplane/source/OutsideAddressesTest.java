package dev.cytoplane.controlplane.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutsideAddressesTest {

    private final OutsideAddresses addresses = new OutsideAddresses(Set.of("git.internal.example"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.8.8",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "192.0.0.8",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::",
                "2001:0:1::"
            })
    void refusesWhatIsNotPublic(String address) throws Exception {
        assertThat(OutsideAddresses.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"140.82.121.4", "8.8.8.8", "100.128.0.1", "172.32.0.1", "2606:4700::1111"})
    void takesWhatIsPublic(String address) throws Exception {
        assertThat(OutsideAddresses.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://8.8.8.8/a.git", "file:///etc", "ssh://git@8.8.8.8/a.git", "git://8.8.8.8/a.git",
                "https://127.0.0.1/a.git", "https://user@8.8.8.8/a.git", "https://[::1]/a.git", "https://0x7f.1/a.git",
                "https://2130706433/a.git", "ftp://git.internal.example/a.git", "https:///a.git"
            })
    void refusesAddressesThatAreNotFetched(String url) {
        assertThatThrownBy(() -> addresses.check(URI.create(url))).isInstanceOf(SourceException.class);
    }

    @Test
    void takesWhatTheOperatorAllowsAlsoOverHttp() {
        assertThatCode(() -> addresses.check(URI.create("http://git.internal.example/a.git")))
                .doesNotThrowAnyException();
        assertThatCode(() -> addresses.check("git.internal.example", InetAddress.getLoopbackAddress()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> addresses.check("git.elsewhere.example", InetAddress.getLoopbackAddress()))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("allowed-hosts");
    }
}
