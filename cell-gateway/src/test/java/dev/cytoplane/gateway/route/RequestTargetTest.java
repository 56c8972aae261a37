package dev.cytoplane.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {

    @ParameterizedTest
    @CsvSource({
        "/, 0, /, /",
        "/, 0, /base, /base/",
        "/shop, 1, /, /",
        "/shop, 1, /base, /base",
        "/shop/, 1, /base/, /base/",
        "/shop/a/b, 1, /, /a/b",
        "/shop/a/b/, 2, /base, /base/b/",
        "/shop/a%20b?x=%2F&y, 1, /v1, /v1/a%20b?x=%2F&y",
        "http://host:80/shop/a?b, 1, /, /a?b",
        "http://host, 0, /, /"
    })
    void thePrefixIsReplacedAndTheRestStaysAsItWasSent(String target, int depth, String base, String expected)
            throws BadTarget {
        assertThat(RequestTarget.parse(target).rewritten(depth, base)).isEqualTo(expected);
    }

    @Test
    void segmentsAreDecodedSoThatRulesCannotBeDodgedByEncoding() throws BadTarget {
        assertThat(RequestTarget.parse("/%61dmin/gr%C3%BCn/").segments()).containsExactly("admin", "grün");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "a", "//", "/a//b", "/..", "/a/../b", "/a/%2E%2e", "/.", "/a%2Fb", "/a%5Cb", "/a\\b", "/a;b",
                        "/a%3Bb",
                "/a%00", "/a%7f", "/a%0a", "/a b", "/a%", "/a%1", "/a%zz", "/%c3", "/%ff", "/a#b", "/ü", "/a?b c",
                        "/a?%",
                "/a?<", "/a?#", "*", "host:443"
            })
    void whatTwoReadersMayUnderstandDifferentlyIsRefused(String target) {
        assertThatThrownBy(() -> RequestTarget.parse(target)).isInstanceOf(BadTarget.class);
    }

    @ParameterizedTest
    @CsvSource({"Shop.Localhost:80, shop.localhost", "shop., shop", "[::1]:80, [::1]", "127.0.0.1, 127.0.0.1"})
    void aHostIsReadWithoutItsPort(String authority, String host) {
        assertThat(Authority.host(authority)).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":80", "a b", "a/b", "a:x", "a:123456", "user@host", "[::1", "a%00"})
    void whatIsNoHostIsNone(String authority) {
        assertThat(Authority.host(authority)).isNull();
    }
}
