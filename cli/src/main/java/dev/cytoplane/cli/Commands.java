package dev.cytoplane.cli;

import dev.cytoplane.cli.access.Access;
import dev.cytoplane.cli.audit.Audit;
import dev.cytoplane.cli.cell.Cell;
import dev.cytoplane.cli.completion.Completion;
import dev.cytoplane.cli.configuration.Config;
import dev.cytoplane.cli.configuration.Secret;
import dev.cytoplane.cli.create.Create;
import dev.cytoplane.cli.create.DataPlane;
import dev.cytoplane.cli.delivery.Build;
import dev.cytoplane.cli.delivery.Deploy;
import dev.cytoplane.cli.delivery.Promote;
import dev.cytoplane.cli.delivery.Restart;
import dev.cytoplane.cli.delivery.Rollback;
import dev.cytoplane.cli.delivery.Scale;
import dev.cytoplane.cli.delivery.Undeploy;
import dev.cytoplane.cli.environment.Environment;
import dev.cytoplane.cli.login.Login;
import dev.cytoplane.cli.login.Logout;
import dev.cytoplane.cli.login.Token;
import dev.cytoplane.cli.login.Use;
import dev.cytoplane.cli.login.WhoAmI;
import dev.cytoplane.cli.runtime.Logs;
import dev.cytoplane.cli.runtime.Open;
import dev.cytoplane.cli.source.GitCredential;
import dev.cytoplane.cli.source.Remote;
import dev.cytoplane.cli.task.Task;
import dev.cytoplane.cli.update.Update;
import dev.cytoplane.cli.warmup.WarmUp;
import dev.cytoplane.cli.webhook.Webhook;
import java.util.LinkedHashMap;
import java.util.Map;

/** The commands of this module; those of {@code resource} come on top. */
final class Commands {

    static final Map<String, Class<?>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("login", Login.class);
        ALL.put("logout", Logout.class);
        ALL.put("whoami", WhoAmI.class);
        ALL.put("token", Token.class);
        ALL.put("use", Use.class);
        ALL.put("create", Create.class);
        ALL.put("deploy", Deploy.class);
        ALL.put("build", Build.class);
        ALL.put("promote", Promote.class);
        ALL.put("rollback", Rollback.class);
        ALL.put("undeploy", Undeploy.class);
        ALL.put("restart", Restart.class);
        ALL.put("scale", Scale.class);
        ALL.put("task", Task.class);
        ALL.put("logs", Logs.class);
        ALL.put("open", Open.class);
        ALL.put("update", Update.class);
        ALL.put("access", Access.class);
        ALL.put("audit", Audit.class);
        ALL.put("cell", Cell.class);
        ALL.put("environment", Environment.class);
        ALL.put("dataplane", DataPlane.class);
        ALL.put("webhook", Webhook.class);
        ALL.put("config", Config.class);
        ALL.put("secret", Secret.class);
        ALL.put("remote", Remote.class);
        ALL.put("git-credential", GitCredential.class);
        ALL.put("completion", Completion.class);
        ALL.put("warm-up", WarmUp.class);
    }

    private Commands() {}
}
