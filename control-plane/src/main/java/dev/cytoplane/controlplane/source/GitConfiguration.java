package dev.cytoplane.controlplane.source;

import dev.cytoplane.controlplane.access.Access;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.eclipse.jgit.http.server.GitServlet;
import org.eclipse.jgit.http.server.resolver.AsIsFileService;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.RefFilter;
import org.eclipse.jgit.transport.UploadPack;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Git over HTTP at /git, on the listener of the API. */
@Configuration(proxyBeanMethods = false)
class GitConfiguration {

    private static final String PATHS = "/git/*";
    private static final int READ_TIMEOUT_SECONDS = 60;

    @Bean
    FilterRegistrationBean<GitAuthentication> gitAuthentication(Access access, Sources sources) {
        var registration = new FilterRegistrationBean<>(new GitAuthentication(access, sources));
        registration.addUrlPatterns(PATHS);
        return registration;
    }

    @Bean
    ServletRegistrationBean<GitServlet> gitServlet(
            Access access, Repositories repositories, SourceSettings settings, ObjectProvider<PushListener> listeners) {
        GitServlet servlet = new GitServlet();
        servlet.setRepositoryResolver((request, name) -> repositories.open(source(request)));
        servlet.setAsIsFileService(AsIsFileService.DISABLED);
        servlet.setUploadPackFactory((request, repository) -> uploadPack(repository));
        servlet.setReceivePackFactory((request, repository) ->
                ReceivedPush.prepare(repository, source(request), settings, READ_TIMEOUT_SECONDS));
        servlet.addReceivePackFilter(new LiveReceivePack(access, listeners));
        var registration = new ServletRegistrationBean<>(servlet, PATHS);
        registration.setName("git");
        return registration;
    }

    static ComponentSource source(HttpServletRequest request) {
        if (request.getAttribute(GitAuthentication.SOURCE) instanceof ComponentSource source) {
            return source;
        }
        throw new IllegalStateException("A request for a repository came past its authentication");
    }

    private static UploadPack uploadPack(Repository repository) {
        UploadPack pack = new UploadPack(repository);
        pack.setTimeout(READ_TIMEOUT_SECONDS);
        // Uploads and fetched branches are the platform's own: a clone has what was pushed.
        RefFilter pushed = refs -> {
            refs.keySet().removeIf(name -> !PushRules.isPushed(name));
            return refs;
        };
        pack.setRefFilter(pushed);
        return pack;
    }

    static List<PushListener> all(ObjectProvider<PushListener> listeners) {
        return listeners.orderedStream().toList();
    }
}
