package dev.cytoplane.controlplane.dataplane;

import dev.cytoplane.controlplane.PlatformSettings;
import dev.cytoplane.controlplane.dataplane.authority.Authority;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The platform's authority, and the link's certificate from it. */
@Configuration(proxyBeanMethods = false)
class LinkConfiguration {

    @Bean
    Authority authority(PlatformSettings platform, Clock clock) {
        return Authority.in(
                platform.state().resolve("keys").resolve("authority.pem"),
                platform.trustDomain(),
                new SecureRandom(),
                clock);
    }

    @Bean
    LinkTls linkTls(Authority authority, PlatformSettings platform, LinkSettings link, Clock clock) {
        Set<String> hosts = new LinkedHashSet<>(link.hostNames());
        hosts.add("localhost");
        if (platform.linkUrl() != null && platform.linkUrl().getHost() != null) {
            hosts.add(platform.linkUrl().getHost());
        }
        hosts.removeIf(LinkConfiguration::isAddress);
        return new LinkCertificate(authority, hosts, clock);
    }

    private static boolean isAddress(String host) {
        return host.contains(":") || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }
}
