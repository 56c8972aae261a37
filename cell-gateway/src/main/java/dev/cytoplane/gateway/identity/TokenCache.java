package dev.cytoplane.gateway.identity;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was verified, by the token's hash, in two generations: when the young one is full it becomes the old
 * one, and what was not asked for since is forgotten. Never more than twice {@code size} entries, without a lock.
 */
final class TokenCache<V> {
    private final int size;
    private volatile Map<String, V> young = new ConcurrentHashMap<>();
    private volatile Map<String, V> old = Map.of();

    TokenCache(int size) {
        this.size = size;
    }

    @Nullable
    V get(String hash) {
        V value = young.get(hash);
        if (value == null) {
            value = old.get(hash);
            if (value != null) {
                put(hash, value);
            }
        }
        return value;
    }

    void put(String hash, V value) {
        if (young.size() >= size) {
            turn();
        }
        young.put(hash, value);
    }

    private synchronized void turn() {
        if (young.size() >= size) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
    }
}
