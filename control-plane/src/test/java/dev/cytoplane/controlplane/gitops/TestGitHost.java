package dev.cytoplane.controlplane.gitops;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.http.server.GitServlet;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;

/** A Git host of its own: real Git over HTTP with a sign-in, whose repositories can vanish and refuse. */
public final class TestGitHost implements AutoCloseable {

    public static final String USER = "writer";
    public static final String TOKEN = "git-token-of-the-test";

    private static final String EXPECTED =
            "Basic " + Base64.getEncoder().encodeToString((USER + ":" + TOKEN).getBytes(StandardCharsets.UTF_8));

    private final Path folder;
    private final Tomcat tomcat = new Tomcat();
    private final AtomicReference<Runnable> beforeNextPush = new AtomicReference<>();
    private volatile String refusal = "";
    private volatile boolean silent;

    public TestGitHost(Path folder) {
        this.folder = folder;
        tomcat.setBaseDir(folder.resolve("tomcat").toString());
        tomcat.setPort(0);
        GitServlet servlet = new GitServlet();
        servlet.setRepositoryResolver((request, name) -> open(name));
        servlet.setReceivePackFactory((request, repository) -> receive(repository));
        Context context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "git", servlet);
        context.addServletMappingDecoded("/*", "git");
        signIn(context);
        tomcat.getConnector();
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    private void signIn(Context context) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("sign-in");
        definition.setFilter(new SignIn());
        context.addFilterDef(definition);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName("sign-in");
        mapping.addURLPattern("/*");
        context.addFilterMap(mapping);
    }

    private final class SignIn extends HttpFilter {

        private static final long serialVersionUID = 1;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (EXPECTED.equals(request.getHeader("Authorization"))) {
                if (silent
                        && request.getMethod().equals("POST")
                        && request.getRequestURI().endsWith("receive-pack")) {
                    chain.doFilter(request, new Unheard(response));
                    silent = false;
                    response.sendError(HttpServletResponse.SC_BAD_GATEWAY);
                } else {
                    chain.doFilter(request, response);
                }
            } else {
                response.setHeader("WWW-Authenticate", "Basic realm=\"test\"");
                response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            }
        }
    }

    /** An answer that nobody gets. */
    private static final class Unheard extends HttpServletResponseWrapper {

        Unheard(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void setStatus(int status) {
            // Nobody gets it.
        }

        @Override
        public void flushBuffer() {
            // Nobody gets it.
        }

        @Override
        public ServletOutputStream getOutputStream() {
            return new ServletOutputStream() {
                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setWriteListener(WriteListener listener) {
                    throw new IllegalStateException("Nothing is written asynchronously");
                }

                @Override
                public void write(int written) {
                    // Nobody gets it.
                }
            };
        }
    }

    private Repository open(String name) throws RepositoryNotFoundException {
        try {
            return new FileRepositoryBuilder()
                    .setGitDir(folder.resolve(name).toFile())
                    .setMustExist(true)
                    .build();
        } catch (IOException e) {
            throw new RepositoryNotFoundException(name, e);
        }
    }

    private ReceivePack receive(Repository repository) {
        ReceivePack pack = new ReceivePack(repository);
        pack.setPreReceiveHook((receiving, commands) -> {
            Runnable first = beforeNextPush.getAndSet(null);
            if (first != null) {
                first.run();
            }
            if (!refusal.isEmpty()) {
                commands.forEach(it -> it.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, refusal));
            }
        });
        return pack;
    }

    /** A repository without any commit. @return its address */
    public String create(String name) {
        try (FileRepository repository =
                new FileRepository(folder.resolve(name + ".git").toFile())) {
            repository.create(true);
            repository.getConfig().setBoolean("http", null, "receivepack", true);
            repository.getConfig().save();
            return url(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url(String name) {
        return "http://localhost:" + tomcat.getConnector().getLocalPort() + "/" + name + ".git";
    }

    /** The repository's folder, for looking at it past HTTP. */
    public Path folder(String name) {
        return folder.resolve(name + ".git");
    }

    public void rename(String name, String other) {
        try {
            Files.move(folder(name), folder(other));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs once, after the next push has said what it wants and before that is done. */
    public void beforeNextPush(Runnable action) {
        beforeNextPush.set(action);
    }

    /** Refuses every push with these words, as a protected branch does; nothing when empty. */
    public void refuse(String words) {
        refusal = words;
    }

    /** The next push is done, and whoever pushed never hears of it. */
    public void loseNextAnswer() {
        silent = true;
    }

    public boolean hasLostIt() {
        return !silent;
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }
}
