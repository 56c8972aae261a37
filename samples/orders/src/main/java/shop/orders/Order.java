package shop.orders;

import java.util.List;

/** An order as it is kept and shown. Times are RFC 3339 in UTC. */
record Order(String id, String createdAt, String customer, List<Line> lines) {

    record Line(String product, int quantity) {}

    /** Whether {@code request} asks for what this order already holds. */
    boolean answers(OrderRequest request) {
        return customer.equals(request.customer()) && lines.equals(request.lines());
    }
}
