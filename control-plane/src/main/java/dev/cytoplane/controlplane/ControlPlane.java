package dev.cytoplane.controlplane;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the control plane. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class ControlPlane {

    public static void main(String[] arguments) {
        SpringApplication.run(ControlPlane.class, arguments);
    }
}
