package dev.cytoplane.gateway.policy;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a policy changes in the headers that go on to the upstream.
 *
 * @param set replaces every value of these headers
 */
public record HeaderChanges(Map<String, String> set) {
    public static final HeaderChanges NONE = new HeaderChanges(Map.of());

    public HeaderChanges and(HeaderChanges later) {
        if (later.set.isEmpty()) {
            return this;
        }
        if (set.isEmpty()) {
            return later;
        }
        Map<String, String> all = new LinkedHashMap<>(set);
        all.putAll(later.set);
        return new HeaderChanges(all);
    }
}
