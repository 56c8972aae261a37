package dev.cytoplane.controlplane.api;

import java.util.concurrent.atomic.AtomicInteger;

/** Names that no other test took. */
final class Names {

    private static final AtomicInteger NEXT = new AtomicInteger();

    private Names() {}

    static String unique() {
        return "org-" + NEXT.incrementAndGet();
    }
}
