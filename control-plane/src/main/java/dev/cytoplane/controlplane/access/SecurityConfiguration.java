package dev.cytoplane.controlplane.access;

import dev.cytoplane.controlplane.PlatformSettings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationEntryPointFailureHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.client.RestTemplate;

/** Deny by default: what is not named here as open needs a valid token. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** Git, webhooks and the link have an authentication of their own, on the paths that only they serve. */
    private static final String[] OTHERWISE_AUTHENTICATED = {"/git/**", "/webhooks/**", "/link/**"};

    private static final String[] OPEN = {
        "/healthz", "/.well-known/oauth-protected-resource/**", "/error", "/actuator/health/**"
    };

    /** The client that the command line signs in as; told in the metadata, so that it needs to know only our address. */
    private static final String CLI_CLIENT = "cytoplane-cli";

    /** The client that the web console signs in as; told in the metadata, too. */
    private static final String CONSOLE_CLIENT = "cytoplane-console";

    @Bean
    SecurityFilterChain api(
            HttpSecurity http,
            BearerAuthentication bearer,
            Unauthenticated unauthenticated,
            PlatformSettings platform,
            OidcSettings oidc) {
        return http.csrf(AbstractHttpConfigurer::disable) // No cookie signs anyone in.
                .sessionManagement(it -> it.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(it -> it.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(OPEN)
                        .permitAll()
                        .requestMatchers(OTHERWISE_AUTHENTICATED)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .exceptionHandling(it -> it.authenticationEntryPoint(unauthenticated))
                .oauth2ResourceServer(it -> it.authenticationManagerResolver(
                                (AuthenticationManagerResolver<HttpServletRequest>) request -> bearer)
                        .authenticationEntryPoint(unauthenticated)
                        .protectedResourceMetadata(metadata -> metadata.protectedResourceMetadataCustomizer(document ->
                                document.resource(platform.publicUrl().toString())
                                        .authorizationServer(oidc.issuer())
                                        .scopes(scopes -> scopes.addAll(List.of("openid", "profile")))
                                        .claim("cytoplane_cli_client_id", CLI_CLIENT)
                                        .claim("cytoplane_console_client_id", CONSOLE_CLIENT)))
                        .withObjectPostProcessor(answerEveryFailure(unauthenticated)))
                .build();
    }

    /** A method that nobody serves is answered by the dispatcher: with 405, not with 400. */
    @Bean
    StrictHttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        return firewall;
    }

    /** Also when the identity provider cannot be reached, which is no fault of the caller's. */
    private static ObjectPostProcessor<BearerTokenAuthenticationFilter> answerEveryFailure(
            Unauthenticated unauthenticated) {
        var handler = new AuthenticationEntryPointFailureHandler(unauthenticated);
        handler.setRethrowAuthenticationServiceException(false);
        return new ObjectPostProcessor<>() {
            @Override
            public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
                filter.setAuthenticationFailureHandler(handler);
                return filter;
            }
        };
    }

    @Bean
    JwtDecoder jwtDecoder(OidcSettings oidc) {
        var decoder = NimbusJwtDecoder.withJwkSetUri(oidc.keys())
                .restOperations(client(oidc))
                .jwsAlgorithms(it -> it.addAll(
                        List.of(SignatureAlgorithm.RS256, SignatureAlgorithm.PS256, SignatureAlgorithm.ES256)))
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(Duration.ofSeconds(15)),
                new JwtIssuerValidator(oidc.issuer()),
                audience(oidc.audience())));
        return decoder;
    }

    /** Fetches the issuer's keys. */
    private static RestTemplate client(OidcSettings oidc) {
        HttpClient.Builder http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5));
        SSLContext trusting = oidc.sslContext();
        if (trusting != null) {
            http.sslContext(trusting);
        }
        var requests = new JdkClientHttpRequestFactory(http.build());
        requests.setReadTimeout(Duration.ofSeconds(10));
        return new RestTemplate(requests);
    }

    private static OAuth2TokenValidator<Jwt> audience(String wanted) {
        var error = new OAuth2Error("invalid_token", "The token is not made for " + wanted, null);
        return jwt -> jwt.getAudience() != null && jwt.getAudience().contains(wanted)
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(error);
    }
}
