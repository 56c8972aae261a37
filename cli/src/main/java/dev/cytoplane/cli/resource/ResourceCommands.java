package dev.cytoplane.cli.resource;

import dev.cytoplane.cli.Session;
import java.util.List;
import picocli.CommandLine;

/** {@code list}, {@code show} and {@code delete}. */
public final class ResourceCommands {

    private ResourceCommands() {}

    public static List<CommandLine> all(Session session) {
        return List.of(ListCommand.create(session), ShowCommand.create(session), DeleteCommand.create(session));
    }
}
