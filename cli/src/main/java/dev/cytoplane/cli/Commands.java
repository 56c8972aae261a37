package dev.cytoplane.cli;

import dev.cytoplane.cli.completion.Completion;
import dev.cytoplane.cli.configuration.Config;
import dev.cytoplane.cli.configuration.Secret;
import dev.cytoplane.cli.create.Create;
import dev.cytoplane.cli.delivery.Build;
import dev.cytoplane.cli.delivery.Deploy;
import dev.cytoplane.cli.delivery.Promote;
import dev.cytoplane.cli.delivery.Rollback;
import dev.cytoplane.cli.delivery.Undeploy;
import dev.cytoplane.cli.login.Login;
import dev.cytoplane.cli.login.Logout;
import dev.cytoplane.cli.login.Token;
import dev.cytoplane.cli.login.Use;
import dev.cytoplane.cli.login.WhoAmI;
import dev.cytoplane.cli.runtime.Logs;
import dev.cytoplane.cli.runtime.Open;
import dev.cytoplane.cli.source.GitCredential;
import dev.cytoplane.cli.source.Remote;
import java.util.List;

/** The commands of this module; those of {@code resource} come on top. */
final class Commands {

    static final List<Class<?>> ALL = List.of(
            Login.class,
            Logout.class,
            WhoAmI.class,
            Token.class,
            Use.class,
            Create.class,
            Deploy.class,
            Build.class,
            Promote.class,
            Rollback.class,
            Undeploy.class,
            Logs.class,
            Open.class,
            Config.class,
            Secret.class,
            Remote.class,
            GitCredential.class,
            Completion.class);

    private Commands() {}
}
