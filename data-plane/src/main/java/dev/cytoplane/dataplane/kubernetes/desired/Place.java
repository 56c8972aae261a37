package dev.cytoplane.dataplane.kubernetes.desired;

import org.jspecify.annotations.Nullable;

/**
 * A cell's place in the gateway of its environment. It is kept beside that gateway's configuration, so the ports stay the same.
 *
 * @param generation of the gateway's configuration, since when the cell's part is as it is
 * @param part the content address of the part that was taken
 * @param westboundPort its listener for other cells, of the gateway's pods
 * @param outboundPort its listener for its own components, of the gateway's pods
 * @param reason why its newest part was not taken; null when it was
 */
public record Place(
        long generation,
        String part,
        int westboundPort,
        int outboundPort,
        @Nullable String reason) {}
