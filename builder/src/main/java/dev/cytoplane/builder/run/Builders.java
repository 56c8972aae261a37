package dev.cytoplane.builder.run;

import dev.cytoplane.builder.Builder;
import dev.cytoplane.builder.java.MavenBuilder;
import dev.cytoplane.builder.node.NodeBuilder;
import dev.cytoplane.builder.site.SiteBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Every builder that there is. */
public final class Builders {

    private Builders() {}

    /** In the order in which they are asked. */
    public static List<Builder> all(Optional<Path> mavenRepository, Optional<Path> mavenSettings) {
        return List.of(new MavenBuilder(mavenRepository, mavenSettings), new NodeBuilder(), new SiteBuilder());
    }
}
