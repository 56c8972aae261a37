package dev.cytoplane.launcher.demo;

import java.util.List;

/**
 * One component of the shop.
 *
 * @param folder below {@code samples/}
 * @param program what its build needs besides a JDK and Git; empty for nothing
 */
record Sample(String project, String component, String folder, String program) {

    /** In the order in which they are pushed: who is called comes before who calls. */
    static final List<Sample> ALL = List.of(
            new Sample("orders", "orders", "orders", ""),
            new Sample("storefront", "api", "storefront/api", "node"),
            new Sample("storefront", "web", "storefront/web", ""));

    @Override
    public String toString() {
        return project + "/" + component;
    }
}
