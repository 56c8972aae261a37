package shop.orders;

import java.util.List;

/** An answer that tells the caller what is wrong: RFC 9457 problem details. */
final class Problem extends RuntimeException {

    record FieldError(String field, String message) {}

    record Details(String type, String title, int status, String detail, List<FieldError> errors) {}

    private final Details details;

    private Problem(int status, String title, String detail, List<FieldError> errors) {
        super(detail);
        this.details = new Details("about:blank", title, status, detail, errors);
    }

    static Problem invalid(List<FieldError> errors) {
        return new Problem(400, "Invalid order", "The order was not placed: correct the named fields.", errors);
    }

    static Problem of(int status, String title, String detail) {
        return new Problem(status, title, detail, List.of());
    }

    Details details() {
        return details;
    }
}
