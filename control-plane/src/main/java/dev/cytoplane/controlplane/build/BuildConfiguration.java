package dev.cytoplane.controlplane.build;

import dev.cytoplane.builder.Builder;
import dev.cytoplane.builder.run.Builders;
import dev.cytoplane.controlplane.PlatformSettings;
import dev.cytoplane.controlplane.build.log.BuildLogs;
import dev.cytoplane.controlplane.build.log.Signals;
import dev.cytoplane.controlplane.build.place.BuildPlaces;
import dev.cytoplane.controlplane.build.place.ThisMachine;
import dev.cytoplane.controlplane.build.remote.RemotePlaces;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

@Configuration(proxyBeanMethods = false)
class BuildConfiguration {

    @Bean
    BuildLogs buildLogs(PlatformSettings platform, BuildSettings settings, Signals signals) {
        return new BuildLogs(
                platform.state().resolve("build-logs"), settings.logLimit().toBytes(), signals);
    }

    @Bean
    List<Builder> builders(BuildSettings settings) {
        return Builders.all(settings.mavenRepository(), settings.mavenSettings());
    }

    @Bean
    @Primary
    BuildPlaces buildPlaces(BuildSettings settings, RemotePlaces remote) {
        return switch (settings.runner()) {
            case LOCAL -> new ThisMachine(settings);
            case DATA_PLANE -> remote;
        };
    }
}
