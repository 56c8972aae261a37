package dev.cytoplane.controlplane.openapi;

import dev.cytoplane.controlplane.PlatformSettings;
import dev.cytoplane.controlplane.page.PageRequest;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** The document is generated from the controllers, and says what the filters and handlers around them do. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    static final String BEARER = "bearer";

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(PageRequest.class);
    }

    @Bean
    OpenAPI document(PlatformSettings platform) {
        return new OpenAPI()
                .info(new Info()
                        .title("Cytoplane control plane")
                        .version("v1")
                        .license(new License().name("Apache-2.0"))
                        .description("Organizations, projects and components; builds, releases and deployments."
                                + " Errors are problem details (RFC 9457). Lists are pages: follow nextCursor."
                                + " Changes need the ETag that was last read as If-Match. A creation with an"
                                + " Idempotency-Key happens once, however often it is sent."))
                .servers(List.of(new Server().url(platform.publicUrl().toString())))
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("A token of the identity provider for the audience"
                                                + " cytoplane-api, or an access token of /api/v1/me/tokens.")))
                .addSecurityItem(new SecurityRequirement().addList(BEARER));
    }

    /** Springdoc's own, with names that tell apart what is nested in different documents. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE) // Registered first, so that it is asked last: what stands before it adds to it.
    ModelResolver modelResolver(ObjectMapperProvider mappers) {
        return new ModelResolver(mappers.jsonMapper(), new SchemaNames()).openapi31(true);
    }

    @Bean
    GlobalOperationCustomizer conventions() {
        return new Conventions();
    }
}
