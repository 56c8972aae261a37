package dev.cytoplane.builder.archive;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where a symbolic link leads, by its text alone. */
public final class LinkTarget {

    private static final Path TOP = Path.of("/tree");

    private LinkTarget() {}

    /**
     * Whether a link stays inside the tree it is in, whatever other links there lead to: steps up come first, from
     * folders that are no links, so that going up never starts where another link led.
     *
     * @param link the link's path from the tree's top
     * @param target what it holds
     */
    public static boolean staysInside(String link, String target) {
        try {
            Path path = Path.of(target);
            Path at = TOP.resolve(link).normalize().getParent();
            if (target.isEmpty() || path.isAbsolute() || at == null || !at.startsWith(TOP)) {
                return false;
            }
            boolean down = false;
            for (Path step : path) {
                boolean up = step.toString().equals("..");
                at = at.resolve(step).normalize();
                if ((up && down) || !at.startsWith(TOP)) {
                    return false;
                }
                down |= !up && !step.toString().equals(".");
            }
            return true;
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
