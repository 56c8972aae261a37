package dev.cytoplane.controlplane.signin;

import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.controlplane.access.CellScopes;
import dev.cytoplane.controlplane.event.Event;
import dev.cytoplane.controlplane.event.EventHandler;
import dev.cytoplane.controlplane.release.Release;
import dev.cytoplane.controlplane.release.Releases;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** When a release is made, its scopes are made too: before it can be deployed anywhere, and once for all environments. */
@Component
class ScopesOfReleases implements EventHandler {

    private final Releases releases;
    private final CellScopes scopes;

    ScopesOfReleases(Releases releases, CellScopes scopes) {
        this.releases = releases;
        this.scopes = scopes;
    }

    @Override
    public Set<String> types() {
        return Set.of("release.created");
    }

    @Override
    public void handle(Event event) {
        UUID component = UUID.fromString(String.valueOf(event.data().get("componentId")));
        releases.find(component, String.valueOf(event.data().get("release")))
                .map(Release::descriptor)
                .ifPresent(descriptor -> scopes.ensure(named(descriptor)));
    }

    /** All scopes that any endpoint of the component asks for. */
    static Set<String> named(Descriptor descriptor) {
        Set<String> names = new TreeSet<>();
        orEmpty(descriptor.endpoints()).map(Descriptor.Endpoint::security).forEach(security -> {
            if (security != null) {
                orEmpty(security.scopes()).forEach(names::add);
                orEmpty(security.operations())
                        .flatMap(it -> orEmpty(it.scopes()))
                        .forEach(names::add);
            }
        });
        return names;
    }

    private static <T> Stream<T> orEmpty(@Nullable List<T> list) {
        return list == null ? Stream.empty() : list.stream();
    }
}
