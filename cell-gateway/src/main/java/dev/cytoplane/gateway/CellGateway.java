package dev.cytoplane.gateway;

import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The gateway process of a data plane's cells.
 *
 * <p>Properties: {@code cytoplane.gateway.directory} (the folder with {@code configuration.json}), {@code
 * cytoplane.gateway.applied} (the file that says what became of it; {@code applied.json} in that folder by default),
 * {@code cytoplane.gateway.state} (where the last good configuration is kept), {@code
 * cytoplane.gateway.outbound-address} (where the cells' own components come in; loopback by default), {@code
 * management.server.port} and {@code management.server.address} (health and counters; loopback by default), {@code
 * cytoplane.gateway.access-log} (a file; none by default), {@code
 * cytoplane.gateway.body-limit} (bytes), {@code cytoplane.gateway.response-timeout}.
 */
public final class CellGateway {
    private CellGateway() {}

    public static void main(String[] arguments) {
        start(arguments);
    }

    /** The running process; closing the context closes it gracefully. */
    static ConfigurableApplicationContext start(String... arguments) {
        SpringApplication application = new SpringApplication(GatewayProcess.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setDefaultProperties(Map.of("spring.main.keep-alive", "true"));
        return application.run(arguments);
    }
}
