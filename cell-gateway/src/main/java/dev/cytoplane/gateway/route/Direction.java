package dev.cytoplane.gateway.route;

/** From where a request comes, seen from its cell. Each direction has listeners of its own. */
public enum Direction {
    /** From the public, to endpoints with public visibility (northbound). */
    PUBLIC,
    /** From other cells, over mTLS. */
    WESTBOUND,
    /** From the cell's own components: to components inside, to other cells, to third parties. */
    OUTBOUND;

    /** The name in metrics and logs. */
    public String label() {
        return switch (this) {
            case PUBLIC -> "public";
            case WESTBOUND -> "westbound";
            case OUTBOUND -> "outbound";
        };
    }
}
