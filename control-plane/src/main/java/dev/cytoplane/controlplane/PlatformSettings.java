package dev.cytoplane.controlplane;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the whole platform is told about itself.
 *
 * @param publicUrl the address of the API and of Git, as people reach it, without a slash at the end
 * @param webhookUrl the address of the webhook listener, as Git hosts reach it
 * @param linkUrl the address of the link listener, as data planes reach it
 * @param state the folder for repositories, artifacts, builds and keys
 * @param trustDomain the SPIFFE trust domain of all cells
 */
@Validated
@ConfigurationProperties("cytoplane")
public record PlatformSettings(
        @NotNull URI publicUrl,
        @Nullable URI webhookUrl,
        @Nullable URI linkUrl,
        @NotNull Path state,
        @DefaultValue("cytoplane.local") String trustDomain) {}
