package dev.cytoplane.gateway;

import dev.cytoplane.gateway.configuration.Activation;
import dev.cytoplane.gateway.configuration.ConfigurationWatch;
import dev.cytoplane.gateway.identity.TlsContexts;
import dev.cytoplane.gateway.identity.Tokens;
import dev.cytoplane.gateway.lane.Gate;
import dev.cytoplane.gateway.lane.spring.SpringLane;
import dev.cytoplane.gateway.lane.spring.SpringLaneConfiguration;
import dev.cytoplane.gateway.listener.Listeners;
import dev.cytoplane.gateway.management.ManagementServer;
import dev.cytoplane.gateway.policy.CallerPolicy;
import dev.cytoplane.gateway.policy.HeaderPolicy;
import dev.cytoplane.gateway.policy.JwtPolicy;
import dev.cytoplane.gateway.policy.PolicyChain;
import dev.cytoplane.gateway.policy.SizePolicy;
import dev.cytoplane.gateway.signal.AccessLog;
import dev.cytoplane.gateway.signal.RouteCounters;
import dev.cytoplane.gateway.signal.Signals;
import dev.cytoplane.gateway.signal.TrafficFile;
import dev.cytoplane.gateway.snapshot.InForce;
import dev.cytoplane.gateway.upstream.Clients;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** How the parts of the process belong together. */
@Configuration(proxyBeanMethods = false)
@Import(SpringLaneConfiguration.class)
class GatewayProcess {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    InForce inForce() {
        return new InForce();
    }

    @Bean
    TlsContexts tlsContexts() {
        return new TlsContexts();
    }

    @Bean(destroyMethod = "close")
    Clients clients(TlsContexts tls, @Value("${cytoplane.gateway.third-parties-here:true}") boolean thirdPartiesHere) {
        return new Clients(tls, thirdPartiesHere);
    }

    @Bean
    RouteCounters routeCounters() {
        return new RouteCounters();
    }

    /** Beside what says which configuration is in force: the data plane reads both. */
    @Bean(destroyMethod = "close")
    TrafficFile trafficFile(
            @Value("${cytoplane.gateway.applied:${cytoplane.gateway.directory}/applied.json}") Path applied,
            RouteCounters counters,
            Clock clock) {
        return new TrafficFile(applied.toAbsolutePath().resolveSibling("traffic.json"), counters, clock);
    }

    @Bean(destroyMethod = "close")
    Signals signals(RouteCounters counters, Clock clock, @Value("${cytoplane.gateway.access-log:}") String accessLog) {
        return new Signals(counters, accessLog.isEmpty() ? null : new AccessLog(Path.of(accessLog)), clock);
    }

    /** The order is the order of the questions: is it bearable, may this cell call, may this person call, who are they. */
    @Bean
    Gate gate(InForce inForce, Clock clock, @Value("${cytoplane.gateway.body-limit:1073741824}") long maxBody) {
        return new Gate(
                inForce,
                new PolicyChain(List.of(
                        new SizePolicy(maxBody),
                        new CallerPolicy(),
                        new JwtPolicy(new Tokens(clock)),
                        new HeaderPolicy())));
    }

    @Bean(destroyMethod = "close")
    Listeners listeners(
            InForce inForce,
            TlsContexts tls,
            SpringLane lane,
            @Value("${cytoplane.gateway.outbound-address:127.0.0.1}") String outboundAddress) {
        return new Listeners(inForce, tls, lane, outboundAddress);
    }

    @Bean(destroyMethod = "close")
    ManagementServer managementServer(
            @Value("${management.server.address:127.0.0.1}") String address,
            @Value("${management.server.port:0}") int port,
            @Value("${cytoplane.gateway.applied:${cytoplane.gateway.directory}/applied.json}") Path applied,
            InForce inForce,
            RouteCounters counters) {
        return new ManagementServer(address, port, inForce::isReady, counters::text, applied);
    }

    /** When everything else stands. */
    @Bean
    ApplicationRunner begin(ConfigurationWatch watch) {
        return _ -> watch.start();
    }

    @Bean(destroyMethod = "close")
    ConfigurationWatch configurationWatch(
            @Value("${cytoplane.gateway.directory}") Path directory,
            @Value("${cytoplane.gateway.applied:${cytoplane.gateway.directory}/applied.json}") Path applied,
            @Value("${cytoplane.gateway.state}") Path state,
            @Value("${cytoplane.gateway.cells-apart:false}") boolean apart,
            InForce inForce,
            Listeners listeners,
            Clients clients,
            TlsContexts tls,
            Signals signals,
            ManagementServer management) {
        return new ConfigurationWatch(
                directory, applied, state, new Activation(inForce, listeners, clients, tls, signals), apart);
    }
}
