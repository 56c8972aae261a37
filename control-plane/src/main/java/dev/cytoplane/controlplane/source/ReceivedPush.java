package dev.cytoplane.controlplane.source;

import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceivePack;

/** How a push is taken in: limits first, then every object checked, then the rules on references. */
final class ReceivedPush {

    private static final long COMMAND_LIMIT_BYTES = 3L << 20;

    private ReceivedPush() {}

    static ReceivePack prepare(
            Repository repository, ComponentSource source, SourceSettings settings, int timeoutSeconds) {
        ReceivePack pack = new ReceivePack(repository);
        pack.setMaxPackSizeLimit(settings.pushLimit().toBytes());
        pack.setMaxObjectSizeLimit(settings.objectLimit().toBytes());
        pack.setMaxCommandBytes(COMMAND_LIMIT_BYTES);
        pack.setMaxCommandDiscardBytes(COMMAND_LIMIT_BYTES);
        pack.setObjectChecker(new ObjectChecker());
        pack.setTimeout(timeoutSeconds);
        pack.setAllowPushOptions(false);
        pack.setPreReceiveHook(new PushRules(source));
        pack.setRefFilter(refs -> {
            refs.keySet().removeIf(name -> !PushRules.isPushed(name));
            return refs;
        });
        return pack;
    }
}
