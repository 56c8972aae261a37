/**
 * The process that guards cells: the only way into and out of each of them.
 *
 * <p>It is meant to run with little memory: {@code -XX:+UseSerialGC -Xmx64m -XX:MaxDirectMemorySize=32m -Xss512k
 * -XX:+UseCompactObjectHeaders -XX:ReservedCodeCacheSize=48m --enable-native-access=ALL-UNNAMED}; the tests of the
 * process run within these limits. Keep {@code cytoplane.gateway.state} apart from {@code
 * cytoplane.gateway.directory}, or the loss of one folder takes the last good copy too.
 */
@NullMarked
package dev.cytoplane.gateway;

import org.jspecify.annotations.NullMarked;
