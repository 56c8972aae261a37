package dev.cytoplane.controlplane.source;

import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.Caller;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.access.Permission;
import dev.cytoplane.controlplane.problem.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Git signs in with Basic (RFC 7617): any user name, and a token as the password. Reading takes VIEW, pushing BUILD, of
 * the component that the address names and the server looked up. Answers are plain text: Git shows them as they are.
 */
final class GitAuthentication extends OncePerRequestFilter {

    static final String SOURCE = GitAuthentication.class.getName() + ".source";

    private static final String PUSH = "git-receive-pack";

    private final Access access;
    private final Sources sources;

    GitAuthentication(Access access, Sources sources) {
        this.access = access;
        this.sources = sources;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<GitAddress> address = GitAddress.parse(request.getRequestURI());
        if (address.isEmpty()) {
            refuse(
                    response,
                    HttpServletResponse.SC_NOT_FOUND,
                    "A repository's address is /git/<organization>/<project>/<component>.git");
            return;
        }
        Optional<Caller> caller = token(request).flatMap(access::authenticateToken);
        if (caller.isEmpty()) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"Cytoplane\", charset=\"UTF-8\"");
            refuse(
                    response,
                    HttpServletResponse.SC_UNAUTHORIZED,
                    "Sign in with any user name, and an access token as the password (cyto login sets this up).");
            return;
        }
        SecurityContext before = SecurityContextHolder.getContext();
        try {
            signIn(caller.get());
            request.setAttribute(SOURCE, find(address.get(), permission(request, address.get())));
            chain.doFilter(request, response);
        } catch (Problem problem) {
            refuse(response, problem.status().value(), problem.detail());
        } finally {
            SecurityContextHolder.setContext(before);
        }
    }

    private ComponentSource find(GitAddress address, Permission permission) {
        ComponentScope scope =
                access.component(address.organization(), address.project(), address.component(), permission);
        return sources.find(scope.componentId()).orElseThrow(() -> Problem.notFound("component", scope.path()));
    }

    private static Permission permission(HttpServletRequest request, GitAddress address) {
        boolean push = address.rest().equals(PUSH) || PUSH.equals(request.getParameter("service"));
        return push ? Permission.BUILD : Permission.VIEW;
    }

    private static void signIn(Caller caller) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(caller, null, List.of()));
        SecurityContextHolder.setContext(context);
    }

    private static Optional<String> token(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            String pair =
                    new String(Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(pair.substring(colon + 1)).filter(it -> !it.isEmpty());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void refuse(HttpServletResponse response, int status, String message) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println(message);
    }
}
