package dev.cytoplane.controlplane.artifact;

import dev.cytoplane.controlplane.PlatformSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ArtifactConfiguration {

    @Bean
    Artifacts artifacts(PlatformSettings settings) {
        return new Artifacts(settings.state().resolve("artifacts"));
    }
}
