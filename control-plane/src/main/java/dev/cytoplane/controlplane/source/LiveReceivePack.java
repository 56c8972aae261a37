package dev.cytoplane.controlplane.source;

import dev.cytoplane.controlplane.access.Access;
import dev.cytoplane.controlplane.access.Caller;
import dev.cytoplane.controlplane.stream.Unbuffered;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.http.server.ServletUtils;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Answers a push while things happen. JGit's own servlet keeps an answer back until it is complete; here each line goes
 * out when it is written, so that the pusher reads build and deployment live.
 */
final class LiveReceivePack implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(LiveReceivePack.class);
    private static final String REQUEST = "application/x-git-receive-pack-request";
    private static final String RESULT = "application/x-git-receive-pack-result";

    private final Access access;
    private final ObjectProvider<PushListener> listeners;

    LiveReceivePack(Access access, ObjectProvider<PushListener> listeners) {
        this.access = access;
        this.listeners = listeners;
    }

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) servletRequest;
        HttpServletResponse response = (HttpServletResponse) servletResponse;
        if (!request.getMethod().equals("POST")) {
            chain.doFilter(request, response);
            return;
        }
        if (!REQUEST.equals(request.getContentType())) {
            response.sendError(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
            return;
        }
        ReceivePack pack = (ReceivePack) request.getAttribute(ServletUtils.ATTRIBUTE_HANDLER);
        ComponentSource source = GitConfiguration.source(request);
        response.setContentType(RESULT);
        response.setHeader("Cache-Control", "no-cache, max-age=0, must-revalidate");
        response.setHeader(Unbuffered.HEADER, Unbuffered.NO);
        LiveOutput out = new LiveOutput(response);
        pack.setBiDirectionalPipe(false);
        pack.setPostReceiveHook((received, commands) -> tell(source, received, commands, out));
        try {
            pack.receive(ServletUtils.getInputStream(request), out, null);
            out.flush();
        } catch (IOException e) {
            LOG.info("A push to {} ended early: {}", source.scope().path(), e.getMessage());
        }
    }

    private void tell(ComponentSource source, ReceivePack pack, Collection<ReceiveCommand> commands, LiveOutput out) {
        Terminal terminal = new Terminal(pack, out);
        Caller caller = access.caller();
        List<PushListener> all = GitConfiguration.all(listeners);
        for (ReceiveCommand command : commands) {
            if (command.getType() == ReceiveCommand.Type.DELETE
                    || !command.getRefName().startsWith(Constants.R_HEADS)) {
                continue;
            }
            var push = new PushListener.Push(
                    source,
                    caller,
                    command.getRefName().substring(Constants.R_HEADS.length()),
                    command.getNewId().name());
            for (PushListener listener : all) {
                try {
                    listener.pushed(push, terminal);
                } catch (RuntimeException e) {
                    LOG.error("What follows a push to {} failed", source.scope().path(), e);
                    terminal.say("The push was taken in, and what follows failed here. The platform's log has more.");
                }
            }
        }
    }

    private record Terminal(ReceivePack pack, LiveOutput out) implements PushTerminal {

        @Override
        public void say(String line) {
            pack.sendMessage(line);
            try {
                pack.getMessageOutputStream().flush();
            } catch (IOException e) {
                out.close();
            }
        }

        @Override
        public boolean isOpen() {
            return out.isOpen();
        }
    }
}
