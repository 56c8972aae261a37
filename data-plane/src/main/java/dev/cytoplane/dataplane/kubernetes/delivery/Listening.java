package dev.cytoplane.dataplane.kubernetes.delivery;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.Consumer;

/** Tells of whatever happens to an object, with its newest state. */
record Listening<T>(Consumer<T> listener) implements ResourceEventHandler<T> {

    @Override
    public void onAdd(T object) {
        listener.accept(object);
    }

    @Override
    public void onUpdate(T before, T object) {
        listener.accept(object);
    }

    @Override
    public void onDelete(T object, boolean unknown) {
        listener.accept(object);
    }
}
