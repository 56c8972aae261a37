package dev.cytoplane.dataplane.kubernetes.build;

import java.math.BigInteger;
import java.net.InetAddress;

/** A network in CIDR form. */
record Network(BigInteger address, int bits, int prefix) {

    static Network of(String cidr) {
        int slash = cidr.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(cidr + " is no network in CIDR form");
        }
        byte[] address = InetAddress.ofLiteral(cidr.substring(0, slash)).getAddress();
        return new Network(new BigInteger(1, address), address.length * 8, Integer.parseInt(cidr.substring(slash + 1)));
    }

    /** Whether all of another one is in this one. */
    boolean holds(Network other) {
        return bits == other.bits
                && prefix <= other.prefix
                && address.shiftRight(bits - prefix).equals(other.address.shiftRight(bits - prefix));
    }
}
