package dev.cytoplane.dataplane.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.dataplane.settings.DataPlaneSettings.ExposureSettings;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.KubernetesSettings;
import dev.cytoplane.dataplane.settings.DataPlaneSettings.ServiceType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class ExposureSettingsTest {

    /** As the chart's template writes them. */
    @Test
    void theChartsVariablesAreUnderstood() {
        assertThat(of(Map.of(
                                "CYTOPLANE_DATAPLANE_KUBERNETES_WESTBOUND_SERVICE", "NodePort",
                                "CYTOPLANE_DATAPLANE_KUBERNETES_WESTBOUND_ADDRESS", "nodes.example",
                                "CYTOPLANE_DATAPLANE_KUBERNETES_WESTBOUND_ANNOTATIONS_0", "example.com/pools=a,b",
                                "CYTOPLANE_DATAPLANE_KUBERNETES_WESTBOUND_ANNOTATIONS_1", "example.com/name={host}"))
                        .westbound())
                .isEqualTo(new ExposureSettings(
                        ServiceType.NODE_PORT,
                        List.of("example.com/pools=a,b", "example.com/name={host}"),
                        "nodes.example"));
    }

    @Test
    void nothingIsExposedUnlessItIsSaid() {
        assertThat(of(Map.of()).frontDoor()).isEqualTo(ExposureSettings.INSIDE);
        assertThat(of(Map.of()).westbound()).isEqualTo(ExposureSettings.INSIDE);
    }

    private static KubernetesSettings of(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        return Binder.get(environment).bindOrCreate("cytoplane.data-plane.kubernetes", KubernetesSettings.class);
    }
}
