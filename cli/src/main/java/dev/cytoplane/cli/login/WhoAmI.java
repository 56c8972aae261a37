package dev.cytoplane.cli.login;

import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.resource.Details;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "whoami", description = "Show who is signed in, and with which roles.")
public final class WhoAmI implements Callable<Integer> {

    private final Session session;

    WhoAmI(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Details.print(session, session.api().get("/me"));
        return 0;
    }
}
