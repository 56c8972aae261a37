package dev.cytoplane.cli.source;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.context.Context;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Git's credential helper protocol (git-credential(1)): answers {@code get} for the context's server, and nothing else. */
@Command(
        name = "git-credential",
        description = "Give Git an access token (its credential helper protocol; see cyto remote).")
public final class GitCredential implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "OPERATION", description = "get, store or erase.")
    private String operation = "";

    GitCredential(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Map<String, String> request = read();
        if (!operation.equals("get")) {
            return 0;
        }
        Context context = session.context();
        String host = context.server().getAuthority();
        String scheme = context.server().getScheme();
        if (!host.equals(request.get("host")) || !scheme.equals(request.get("protocol"))) {
            return 0;
        }
        String token = session.tokens(context).accessToken();
        session.output().raw("username=cyto\npassword=" + token + "\nquit=0\n");
        return 0;
    }

    private Map<String, String> read() {
        Map<String, String> request = new HashMap<>();
        try {
            // The stream stays open: it is the process's.
            BufferedReader lines = new BufferedReader(new InputStreamReader(session.in(), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    request.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "Git's request could not be read.", null, e);
        }
        return request;
    }
}
