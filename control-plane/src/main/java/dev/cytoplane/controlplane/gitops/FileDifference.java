package dev.cytoplane.controlplane.gitops;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One place in which a file is not as it is wanted. Values of settings and ciphertexts are not told, only that they
 * differ.
 *
 * @param path where, as {@code spec.components[api].replicas}
 * @param wanted null when nothing is wanted there
 * @param found null when nothing is there
 */
record FileDifference(
        String path, @Nullable String wanted, @Nullable String found) {

    /** Of one file; the first ones, by their paths. */
    static final int MOST = 20;

    private static final int MOST_CHARACTERS = 200;
    private static final String NOT_TOLD = "(not shown)";
    private static final List<String> IDENTIFYING = List.of("name", "variable", "cell");

    /** @param wanted null when no file is wanted @param found null when there is none */
    static List<FileDifference> between(@Nullable Manifest wanted, @Nullable Manifest found) {
        List<FileDifference> differences = new ArrayList<>();
        if (wanted == null || found == null) {
            add("file", wanted == null ? null : "there", found == null ? null : "there", differences);
        } else if (found.content() == null) {
            add("file", "one YAML document", "something else", differences);
        } else {
            compare("", wanted.content(), found.content(), differences);
        }
        return List.copyOf(differences);
    }

    private static void compare(
            String path, @Nullable Object wanted, @Nullable Object found, List<FileDifference> differences) {
        if (differences.size() >= MOST || Objects.equals(wanted, found)) {
            return;
        }
        Map<String, Object> one = parts(wanted);
        Map<String, Object> other = parts(found);
        if (one.isEmpty() || other.isEmpty()) {
            add(path, text(path, wanted), text(path, found), differences);
            return;
        }
        TreeSet<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        for (String name : names) {
            String below = name.startsWith("[") || path.isEmpty() ? path + name : path + "." + name;
            compare(below, one.get(name), other.get(name), differences);
        }
        if (one.keySet().equals(other.keySet()) && one.equals(other)) {
            add(path, "in another order", "in this order", differences);
        }
    }

    private static void add(
            String path, @Nullable String wanted, @Nullable String found, List<FileDifference> differences) {
        if (differences.size() < MOST) {
            differences.add(new FileDifference(path.isEmpty() ? "file" : cut(path), wanted, found));
        }
    }

    /** The parts of a map or of a list, each with a name of its own; nothing for what has no parts. */
    private static Map<String, Object> parts(@Nullable Object value) {
        Map<String, Object> parts = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, part) -> parts.put(String.valueOf(key), part));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                String name = "[" + name(list.get(i), i) + "]";
                parts.put(parts.containsKey(name) ? "[" + i + "]" : name, list.get(i));
            }
        }
        return parts;
    }

    private static String name(@Nullable Object element, int index) {
        if (element instanceof Map<?, ?> map) {
            for (String key : IDENTIFYING) {
                if (map.get(key) instanceof String name) {
                    return name;
                }
            }
        }
        return Integer.toString(index);
    }

    private static @Nullable String text(String path, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (path.contains(".environment") || path.contains(".secrets")) {
            return NOT_TOLD;
        }
        return value instanceof Map || value instanceof List ? "there" : cut(value.toString());
    }

    private static String cut(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
    }
}
