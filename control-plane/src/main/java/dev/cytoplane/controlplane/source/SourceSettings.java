package dev.cytoplane.controlplane.source;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits on source.
 *
 * @param allowedHosts hosts of outside repositories that may be on a private or loopback address, and may be called over plain HTTP
 * @param pushLimit the largest pack that one push may send
 * @param objectLimit the largest single file in a push, an upload or an outside repository
 * @param repositoryLimit the largest outside repository, as a packed branch
 * @param uploadLimit the largest archive of a working tree
 * @param unpackedLimit the largest working tree, unpacked
 * @param fileLimit the most files of a working tree
 * @param fetchTimeout how long an outside repository may take to answer each time
 */
@ConfigurationProperties("cytoplane.source")
public record SourceSettings(
        @DefaultValue Set<String> allowedHosts,
        @DefaultValue("256MB") DataSize pushLimit,
        @DefaultValue("100MB") DataSize objectLimit,
        @DefaultValue("1GB") DataSize repositoryLimit,
        @DefaultValue("100MB") DataSize uploadLimit,
        @DefaultValue("500MB") DataSize unpackedLimit,
        @DefaultValue("50000") int fileLimit,
        @DefaultValue("30s") Duration fetchTimeout) {}
