package dev.cytoplane.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Rows under headings, without lines. It fits the terminal: when it is too wide, the widest columns are cut with an
 * ellipsis; into a pipe nothing is cut.
 */
public final class Table {

    private static final String GAP = "  ";
    private static final int NARROWEST = 8;

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        this.headings = List.of(headings);
    }

    public Table row(List<String> cells) {
        if (cells.size() != headings.size()) {
            throw new IllegalArgumentException("A row has " + headings.size() + " cells, not " + cells.size());
        }
        rows.add(
                cells.stream().map(cell -> cell.replaceAll("\\s+", " ").strip()).toList());
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    public void print(Output output) {
        for (String line : lines(
                output.isTerminal() ? output.width() : Integer.MAX_VALUE,
                heading -> output.style(Style.DIM, heading))) {
            output.result(line);
        }
    }

    List<String> lines(int width, UnaryOperator<String> headingStyle) {
        int[] widths = widths(width);
        List<String> lines = new ArrayList<>();
        lines.add(headingStyle.apply(line(headings, widths)));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private int[] widths(int available) {
        int[] widths = new int[headings.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = headings.get(column).length();
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        long total = GAP.length() * (long) (widths.length - 1);
        for (int each : widths) {
            total += each;
        }
        while (total > available) {
            int widest = 0;
            for (int column = 1; column < widths.length; column++) {
                widest = widths[column] > widths[widest] ? column : widest;
            }
            if (widths[widest] <= NARROWEST) {
                break;
            }
            widths[widest]--;
            total--;
        }
        return widths;
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            int width = widths[column];
            String cut = cell.length() > width ? cell.substring(0, width - 1) + "…" : cell;
            line.append(column == 0 ? "" : GAP).append(cut);
            if (column < widths.length - 1) {
                line.repeat(' ', width - cut.length());
            }
        }
        return line.toString().stripTrailing();
    }
}
