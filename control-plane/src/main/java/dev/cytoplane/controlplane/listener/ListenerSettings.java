package dev.cytoplane.controlplane.listener;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The listeners beside the API's own, which Boot opens on {@code server.port}.
 *
 * @param webhook where Git hosts deliver to; closed without a port
 * @param link where data planes dial to, over mTLS; closed without a port
 * @param limits how large a request's body may be
 */
@Validated
@ConfigurationProperties("cytoplane")
record ListenerSettings(
        @DefaultValue @Valid Port webhook,
        @DefaultValue @Valid Port link,
        @DefaultValue Limits limits) {

    /** @param port 0 for any free one */
    record Port(@Nullable @Min(0) @Max(65535) Integer port) {}

    /**
     * @param body of any request to the API
     * @param upload of a working tree
     * @param webhook of a delivery; GitHub sends at most 25 MB
     * @param push of one Git push
     */
    record Limits(
            @DefaultValue("1MB") DataSize body,
            @DefaultValue("100MB") DataSize upload,
            @DefaultValue("25MB") DataSize webhook,
            @DefaultValue("1GB") DataSize push) {}
}
