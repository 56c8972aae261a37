package dev.cytoplane.controlplane.source;

import java.util.Collection;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.transport.PreReceiveHook;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;

/** Which references a push may change. Others of the same push are taken in all the same. */
record PushRules(ComponentSource source) implements PreReceiveHook {

    private static final String UPLOADS = Constants.R_HEADS + Uploads.BRANCHES;

    @Override
    public void onPreReceive(ReceivePack pack, Collection<ReceiveCommand> commands) {
        for (ReceiveCommand command : commands) {
            String reason = refusal(command);
            if (reason != null) {
                command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, reason);
            }
        }
    }

    private @org.jspecify.annotations.Nullable String refusal(ReceiveCommand command) {
        String name = command.getRefName();
        if (source.isElsewhere()) {
            return "this component is built from %s: push there".formatted(source.url());
        }
        if (name.startsWith(UPLOADS)) {
            return "branches under %s are made by uploads".formatted(Uploads.BRANCHES);
        }
        if (!name.startsWith(Constants.R_HEADS) && !name.startsWith(Constants.R_TAGS)) {
            return "only branches and tags can be pushed";
        }
        if (name.equals(source.ref()) && command.getType() == ReceiveCommand.Type.DELETE) {
            return "%s is what this component is built from, and cannot be deleted".formatted(source.branch());
        }
        return null;
    }

    /** Whether a reference comes from pushes, and is shown to those who fetch. */
    static boolean isPushed(String name) {
        return name.equals(Constants.HEAD)
                || name.startsWith(Constants.R_TAGS)
                || (name.startsWith(Constants.R_HEADS) && !name.startsWith(UPLOADS));
    }
}
