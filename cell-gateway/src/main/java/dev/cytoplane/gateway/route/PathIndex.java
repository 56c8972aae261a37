package dev.cytoplane.gateway.route;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values under path prefixes, found by the longest prefix of whole segments. A lookup costs one hash look-up per
 * segment, whatever the number of prefixes. Immutable once built.
 */
public final class PathIndex<T> {
    private final Node<T> root;

    private PathIndex(Node<T> root) {
        this.root = root;
    }

    /** The value with the longest prefix of {@code segments}, and how many segments that prefix has. */
    public @Nullable Found<T> longest(List<String> segments) {
        Node<T> node = root;
        Found<T> found = node.value == null ? null : new Found<>(node.value, 0);
        for (int i = 0; i < segments.size(); i++) {
            node = node.children.get(segments.get(i));
            if (node == null) {
                break;
            }
            if (node.value != null) {
                found = new Found<>(node.value, i + 1);
            }
        }
        return found;
    }

    public record Found<T>(T value, int depth) {}

    /** Collects prefixes; used by one thread. */
    public static final class Builder<T> {
        private final Node<T> root = new Node<>();

        /** False when that prefix is taken. */
        public boolean add(List<String> prefix, T value) {
            Node<T> node = root;
            for (String segment : prefix) {
                node = node.children.computeIfAbsent(segment, _ -> new Node<>());
            }
            if (node.value != null) {
                return false;
            }
            node.value = value;
            return true;
        }

        public PathIndex<T> build() {
            return new PathIndex<>(root);
        }
    }

    private static final class Node<T> {
        private final Map<String, Node<T>> children = new HashMap<>(4);
        private @Nullable T value;
    }
}
