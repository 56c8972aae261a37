package dev.cytoplane.gateway.lane.spring;

/** A body without a declared length turned out larger than the limit. */
final class BodyTooLarge extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final long limit;

    BodyTooLarge(long limit) {
        super("More than " + limit + " bytes", null, false, false);
        this.limit = limit;
    }

    long limit() {
        return limit;
    }
}
