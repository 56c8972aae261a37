package dev.cytoplane.controlplane;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where time comes from. */
@Configuration(proxyBeanMethods = false)
class Time {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
