package dev.cytoplane.controlplane.build;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;

/**
 * What builds use and may use.
 *
 * @param javaHome the JDK for builds; the one that runs the control plane when not given
 * @param nodeHome the folder of Node.js; looked for on the PATH when not given
 * @param mavenHome the folder of Maven; looked for on the PATH when not given
 * @param sharedMavenRepository a local Maven repository that builds read and never write; the platform user's own when not given
 * @param mavenSettingsFile a settings.xml for all builds, for a company's mirror
 * @param cache the folder for the components' caches; in the platform's state when not given. One control plane's own
 * @param cacheLimit of all components' caches together; the least recently used go first
 * @param timeLimit of one build
 * @param memoryLimit of all processes of one build together
 * @param logLimit after which a build's log takes no more
 * @param logsRetention how long a build's log is kept
 * @param logsLimit of all builds' logs together; the oldest go first
 * @param diskLimit of one build's folder
 * @param concurrency builds at the same time, at most one of a component
 * @param runner where builds are executed: {@code local}, or {@code data-plane}
 */
@ConfigurationProperties("cytoplane.build")
public record BuildSettings(
        @Nullable Path javaHome,
        @Nullable Path nodeHome,
        @Nullable Path mavenHome,
        @Name("maven-repository") @Nullable Path sharedMavenRepository,
        @Name("maven-settings") @Nullable Path mavenSettingsFile,
        @Nullable Path cache,
        @DefaultValue("10GB") DataSize cacheLimit,
        @DefaultValue("10m") Duration timeLimit,
        @DefaultValue("2GB") DataSize memoryLimit,
        @DefaultValue("10MB") DataSize logLimit,
        @DefaultValue("90d") Duration logsRetention,
        @DefaultValue("1GB") DataSize logsLimit,
        @DefaultValue("2GB") DataSize diskLimit,
        @DefaultValue("2") int concurrency,
        @DefaultValue("local") Runner runner) {

    /** Where builds are executed. */
    public enum Runner {
        /** Here, as the platform's user. */
        LOCAL,
        /** In Jobs of the data planes that are set up for it, and nowhere else. */
        DATA_PLANE
    }

    public Optional<Path> mavenRepository() {
        Path repository = sharedMavenRepository != null
                ? sharedMavenRepository
                : Path.of(System.getProperty("user.home"), ".m2", "repository");
        return Optional.of(repository).filter(Files::isDirectory);
    }

    public Optional<Path> mavenSettings() {
        return Optional.ofNullable(mavenSettingsFile);
    }
}
