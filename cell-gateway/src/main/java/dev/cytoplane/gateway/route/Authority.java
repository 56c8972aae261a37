package dev.cytoplane.gateway.route;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The host part of a Host header or of an absolute-form target. */
public final class Authority {
    private Authority() {}

    /** The host name in lower case, without port and final dot; null when it is not a host name or an IP literal. */
    public static @Nullable String host(String authority) {
        String name = authority;
        if (authority.startsWith("[")) {
            int close = authority.indexOf(']');
            if (close < 0) {
                return null;
            }
            name = authority.substring(0, close + 1);
            if (!portIsFine(authority.substring(close + 1))) {
                return null;
            }
            return name.toLowerCase(Locale.ROOT);
        }
        int colon = authority.indexOf(':');
        if (colon >= 0) {
            if (!portIsFine(authority.substring(colon))) {
                return null;
            }
            name = authority.substring(0, colon);
        }
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9')
                    && c != '-'
                    && c != '.'
                    && c != '_') {
                return null;
            }
        }
        return name.isEmpty() ? null : name.toLowerCase(Locale.ROOT);
    }

    private static boolean portIsFine(String colonAndPort) {
        if (colonAndPort.isEmpty()) {
            return true;
        }
        return colonAndPort.length() <= 6
                && colonAndPort.charAt(0) == ':'
                && colonAndPort.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
    }
}
