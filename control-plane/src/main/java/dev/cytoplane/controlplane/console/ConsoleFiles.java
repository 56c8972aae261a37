package dev.cytoplane.controlplane.console;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.EncodedResourceResolver;
import org.springframework.web.servlet.resource.PathResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/**
 * The console's files. Those under {@code /assets} carry a hash of their content in their names and are kept by browsers
 * for ever; each is there compressed, too. Every other address is one page, which finds out by itself what it shows.
 */
@Configuration(proxyBeanMethods = false)
class ConsoleFiles implements WebMvcConfigurer {

    private final ConsoleSettings settings;

    ConsoleFiles(ConsoleSettings settings) {
        this.settings = settings;
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        if (settings.folder() != null) {
            registry.addResourceHandler("/assets/**")
                    .addResourceLocations(settings.folder().resolve("assets").toUri() + "/")
                    .setCacheControl(CacheControl.maxAge(Duration.ofDays(365))
                            .cachePublic()
                            .immutable())
                    // Not cached: a build of the console replaces the files under a running control plane.
                    .resourceChain(false)
                    .addResolver(new Compressed("br", ""))
                    .addResolver(new Compressed("gzip", "br"))
                    .addResolver(new PathResourceResolver());
        }
        registry.addResourceHandler("/**")
                .setCacheControl(CacheControl.noCache())
                .setUseLastModified(false)
                .setEtagGenerator(ConsoleFiles::etag)
                .resourceChain(false)
                .addResolver(new Page(settings));
    }

    /** The root's path is empty, which a resource's cannot be. */
    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/").setViewName("forward:/index.html");
    }

    private static String etag(Resource page) {
        try (var content = page.getInputStream()) {
            return "\"" + DigestUtils.md5DigestAsHex(content) + "\"";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Browsers name gzip before br, and Spring takes the first that is there; here the smaller one wins. */
    private static final class Compressed extends EncodedResourceResolver {

        private final String better;

        Compressed(String coding, String better) {
            this.better = better;
            setContentCodings(List.of(coding));
        }

        @Override
        protected @Nullable Resource resolveResourceInternal(
                @Nullable HttpServletRequest request,
                String path,
                List<? extends Resource> locations,
                ResourceResolverChain chain) {
            String accepted = request == null ? null : request.getHeader(HttpHeaders.ACCEPT_ENCODING);
            return accepted != null && !better.isEmpty() && accepted.contains(better)
                    ? chain.resolveResource(request, path, locations)
                    : super.resolveResourceInternal(request, path, locations, chain);
        }
    }

    /** The one page, whatever the address. */
    private static final class Page extends PathResourceResolver {

        private final ConsoleSettings settings;

        Page(ConsoleSettings settings) {
            this.settings = settings;
        }

        @Override
        protected @Nullable Resource resolveResourceInternal(
                @Nullable HttpServletRequest request,
                String path,
                List<? extends Resource> locations,
                ResourceResolverChain chain) {
            if (!ConsolePaths.serves("/" + path) || path.startsWith("assets/")) {
                return null;
            }
            return settings.folder() != null && settings.present()
                    ? new FileSystemResource(settings.folder().resolve("index.html"))
                    : new ClassPathResource("console/left-out.html");
        }
    }
}
