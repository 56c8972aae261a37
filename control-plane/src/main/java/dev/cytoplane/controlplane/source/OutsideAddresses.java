package dev.cytoplane.controlplane.source;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;

/**
 * Which addresses an outside repository may be at. Whoever creates a component chooses the address that the platform
 * then calls from inside the company's network, so whatever is not public is refused unless the operator allows the
 * host by name.
 */
final class OutsideAddresses {

    private final Set<String> allowedHosts;

    OutsideAddresses(Set<String> allowedHosts) {
        this.allowedHosts = allowedHosts;
    }

    /** @throws SourceException saying why the address cannot be used */
    void check(URI url) {
        String host = url.getHost();
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (host == null || url.getRawUserInfo() != null) {
            throw new SourceException(
                    "%s is not an address like https://host/path without a user in it.".formatted(url));
        }
        if (isAllowed(host) ? !scheme.equals("https") && !scheme.equals("http") : !scheme.equals("https")) {
            throw new SourceException("Outside repositories are fetched over https; %s is not.".formatted(url));
        }
        if (isAllowed(host)) {
            return;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                check(host, address);
            }
        } catch (UnknownHostException e) {
            throw new SourceException("The host %s is not known.".formatted(host), e);
        }
    }

    /** Checks the address that a connection really went to, whatever the name resolved to before. */
    void check(String host, InetAddress address) {
        if (!isAllowed(host) && !isPublic(address)) {
            throw new SourceException(
                    "The host %s is on a private network. The platform's operator can allow it (cytoplane.source.allowed-hosts)."
                            .formatted(host));
        }
    }

    private boolean isAllowed(String host) {
        return allowedHosts.contains(host.toLowerCase(Locale.ROOT));
    }

    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        if (address instanceof Inet6Address) {
            boolean uniqueLocal = (bytes[0] & 0xfe) == 0xfc;
            // Addresses that carry an IPv4 address: translated (64:ff9b::/96, 64:ff9b:1::/48), 6to4, Teredo,
            // compatible.
            boolean carrier = (bytes[0] == 0 && (bytes[1] & 0xff) == 0x64)
                    || (bytes[0] == 0x20 && bytes[1] == 0x02)
                    || (bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0)
                    || (bytes[0] == 0 && bytes[1] == 0);
            return !uniqueLocal && !carrier;
        }
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean sharedSpace = first == 100 && (second & 0xc0) == 64;
        boolean protocolAssignments = first == 192 && second == 0 && (bytes[2] & 0xff) == 0;
        boolean benchmark = first == 198 && (second & 0xfe) == 18;
        boolean reserved = first == 0 || first >= 240;
        return !sharedSpace && !protocolAssignments && !benchmark && !reserved;
    }
}
