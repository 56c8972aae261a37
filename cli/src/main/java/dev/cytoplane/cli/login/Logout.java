package dev.cytoplane.cli.login;

import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.Session;
import dev.cytoplane.cli.context.Contexts;
import dev.cytoplane.cli.context.Credential;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "logout", description = "Sign out: ends the session and forgets its tokens.")
public final class Logout implements Callable<Integer> {

    private final Session session;

    Logout(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Contexts contexts = session.contexts();
        String name = session.contextName();
        Optional<Credential> credential = contexts.credential(name);
        boolean had = contexts.forget(name);
        if (credential.isPresent() && credential.get() instanceof Credential.Session person) {
            end(person);
        }
        session.output().result(had ? "Signed out (context " + name + ")." : "You were not signed in.");
        return 0;
    }

    /** OpenID Connect front-channel logout, by the refresh token; the tokens here are gone already. */
    private void end(Credential.Session person) {
        if (person.endSessionEndpoint() == null || person.refreshToken() == null) {
            return;
        }
        try {
            IdentityProvider.post(
                    session.http(),
                    person.endSessionEndpoint(),
                    Map.of("client_id", person.clientId(), "refresh_token", person.refreshToken()));
        } catch (Failure e) {
            session.output().note("The server could not be told: " + e.getMessage());
        }
    }
}
