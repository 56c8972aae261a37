package dev.cytoplane.controlplane.listener;

/** Who a listener is for, and by that what it serves. */
public enum Listener {
    /** People, their tools, and Git. */
    API,
    /** Git hosts. */
    WEBHOOK,
    /** Data planes. */
    LINK;

    private static final String WEBHOOKS = "/webhooks/";
    private static final String LINKS = "/link/";

    /** @param path decoded and normalized */
    boolean serves(String path) {
        return switch (this) {
            case WEBHOOK -> path.startsWith(WEBHOOKS);
            case LINK -> path.startsWith(LINKS);
            case API -> !path.startsWith(WEBHOOKS) && !path.startsWith(LINKS);
        };
    }
}
