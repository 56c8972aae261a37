package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.kubernetes.desired.Names;
import dev.cytoplane.dataplane.kubernetes.image.ImageException;
import dev.cytoplane.dataplane.kubernetes.image.ImageSource;
import dev.cytoplane.dataplane.kubernetes.image.ReleaseImage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The images of a cell's components.
 *
 * @param ready by component
 * @param waiting the components whose image is not there, and why
 */
record ComponentImages(Map<String, String> ready, Map<String, ReleaseImage.Waiting> waiting) {

    static ComponentImages of(Cell cell, ImageSource source, Live live) {
        Map<String, String> ready = new TreeMap<>();
        Map<String, ReleaseImage.Waiting> waiting = new TreeMap<>();
        for (Cell.Component component : cell.spec().components()) {
            ReleaseImage image = running(component, source, live)
                    .<ReleaseImage>map(ReleaseImage.Ready::new)
                    .orElseGet(() -> source.of(component));
            switch (image) {
                case ReleaseImage.Ready(String reference) -> ready.put(component.name(), reference);
                case ReleaseImage.Waiting why -> waiting.put(component.name(), why);
            }
        }
        return new ComponentImages(ready, waiting);
    }

    /** What is deployed is kept without asking anybody: neither registry nor control plane is needed to heal a cell. */
    private static Optional<String> running(Cell.Component component, ImageSource source, Live live) {
        String wanted;
        try {
            wanted = source.name(component) + "@";
        } catch (ImageException e) {
            return Optional.empty();
        }
        return live.named(Deployment.class, component.name()).stream()
                .flatMap(deployment -> deployment.getSpec().getTemplate().getSpec().getContainers().stream())
                .filter(container -> container.getName().equals(Names.COMPONENT))
                .map(Container::getImage)
                .filter(image -> image != null && image.startsWith(wanted))
                .findFirst();
    }
}
