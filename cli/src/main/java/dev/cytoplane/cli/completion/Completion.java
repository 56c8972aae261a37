package dev.cytoplane.cli.completion;

import dev.cytoplane.cli.CommandLines;
import dev.cytoplane.cli.Session;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "completion",
        description = {
            "Print a completion script.",
            "bash: source <(cyto completion bash)    zsh: source <(cyto completion zsh)"
        })
public final class Completion implements Callable<Integer> {

    enum Shell {
        bash,
        zsh
    }

    private final Session session;

    @SuppressWarnings("UnusedVariable") // One script serves both; the name is for whoever types another one.
    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private Shell shell = Shell.bash;

    Completion(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        // The script works in zsh through bashcompinit, which it loads there by itself.
        session.output().raw(AutoComplete.bash("cyto", CommandLines.create(session)));
        return 0;
    }
}
