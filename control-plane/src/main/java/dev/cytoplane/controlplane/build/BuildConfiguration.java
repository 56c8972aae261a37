package dev.cytoplane.controlplane.build;

import dev.cytoplane.controlplane.PlatformSettings;
import dev.cytoplane.controlplane.build.log.BuildLogs;
import dev.cytoplane.controlplane.build.log.Signals;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class BuildConfiguration {

    @Bean
    BuildLogs buildLogs(PlatformSettings platform, BuildSettings settings, Signals signals) {
        return new BuildLogs(
                platform.state().resolve("build-logs"), settings.logLimit().toBytes(), signals);
    }
}
