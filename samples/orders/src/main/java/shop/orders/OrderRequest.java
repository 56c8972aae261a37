package shop.orders;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import shop.orders.Problem.FieldError;

/** What a customer asks for, once it is known to be sound. */
record OrderRequest(String customer, List<Order.Line> lines) {

    private static final int MAX_LINES = 50;
    private static final int MAX_QUANTITY = 1_000;

    /** Names every field that is wrong, not only the first. */
    static OrderRequest from(JsonElement json) {
        var errors = new ArrayList<FieldError>();
        if (!(json instanceof JsonObject order)) {
            throw Problem.invalid(List.of(new FieldError("", "must be a JSON object")));
        }
        refuseUnknown(order, Set.of("customer", "lines"), "", errors);
        String customer = text(order, "customer", "", errors);
        var lines = new ArrayList<Order.Line>();
        if (!(order.get("lines") instanceof JsonArray given) || given.isEmpty() || given.size() > MAX_LINES) {
            errors.add(new FieldError("lines", "must be a list of 1 to " + MAX_LINES + " lines"));
        } else {
            for (int i = 0; i < given.size(); i++) {
                lines.add(line(given.get(i), "lines[" + i + "]", errors));
            }
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return new OrderRequest(customer, List.copyOf(lines));
    }

    private static Order.Line line(JsonElement json, String at, List<FieldError> errors) {
        if (!(json instanceof JsonObject line)) {
            errors.add(new FieldError(at, "must be an object with product and quantity"));
            return new Order.Line("", 0);
        }
        refuseUnknown(line, Set.of("product", "quantity"), at + ".", errors);
        return new Order.Line(text(line, "product", at + ".", errors), quantity(line, at + ".quantity", errors));
    }

    private static String text(JsonObject object, String name, String at, List<FieldError> errors) {
        JsonElement value = object.get(name);
        String text = value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()
                ? value.getAsString().strip()
                : "";
        if (text.isEmpty() || text.length() > 100) {
            errors.add(new FieldError(at + name, "must be a text of 1 to 100 characters"));
        }
        return text;
    }

    private static int quantity(JsonObject line, String at, List<FieldError> errors) {
        JsonElement value = line.get("quantity");
        try {
            if (value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber()) {
                int quantity = new BigDecimal(value.getAsString()).intValueExact();
                if (quantity >= 1 && quantity <= MAX_QUANTITY) {
                    return quantity;
                }
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // Not a whole number: said below.
        }
        errors.add(new FieldError(at, "must be a whole number from 1 to " + MAX_QUANTITY));
        return 0;
    }

    private static void refuseUnknown(JsonObject object, Set<String> known, String at, List<FieldError> errors) {
        for (String name : object.keySet()) {
            if (!known.contains(name)) {
                errors.add(new FieldError(at + name, "is not a field of an order"));
            }
        }
    }
}
