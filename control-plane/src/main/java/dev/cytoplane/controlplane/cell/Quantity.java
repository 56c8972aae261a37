package dev.cytoplane.controlplane.cell;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kubernetes quantities, as descriptors write them: {@code 256Mi}, {@code 500m}, {@code 1.5}. */
public final class Quantity {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?)(m|k|M|G|T|Ki|Mi|Gi|Ti)?");
    private static final Map<String, BigDecimal> FACTORS = Map.of(
            "m", new BigDecimal("0.001"),
            "k", BigDecimal.valueOf(1_000L),
            "M", BigDecimal.valueOf(1_000_000L),
            "G", BigDecimal.valueOf(1_000_000_000L),
            "T", BigDecimal.valueOf(1_000_000_000_000L),
            "Ki", BigDecimal.valueOf(1L << 10),
            "Mi", BigDecimal.valueOf(1L << 20),
            "Gi", BigDecimal.valueOf(1L << 30),
            "Ti", BigDecimal.valueOf(1L << 40));

    private Quantity() {}

    /** @throws IllegalArgumentException when it is not a quantity above zero */
    public static long bytes(String text) {
        return whole(text, BigDecimal.ONE);
    }

    /** @throws IllegalArgumentException when it is not a quantity above zero */
    public static int milliCpu(String text) {
        long millis = whole(text, BigDecimal.valueOf(1000));
        if (millis > 1_000_000) {
            throw new IllegalArgumentException("is more than 1000 CPUs");
        }
        return (int) millis;
    }

    private static long whole(String text, BigDecimal unit) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("is not a quantity such as 256Mi or 500m");
        }
        BigDecimal factor =
                form.group(2) == null ? BigDecimal.ONE : FACTORS.getOrDefault(form.group(2), BigDecimal.ONE);
        BigDecimal value =
                new BigDecimal(form.group(1)).multiply(factor).multiply(unit).setScale(0, RoundingMode.UP);
        if (value.signum() <= 0 || value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("is out of range");
        }
        return value.longValue();
    }
}
