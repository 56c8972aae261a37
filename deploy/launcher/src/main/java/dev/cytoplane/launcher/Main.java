package dev.cytoplane.launcher;

import dev.cytoplane.cli.CommandLines;
import dev.cytoplane.cli.Session;

/** {@code cyto}: the command line with the launcher's commands in it. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        // The demo calls names below localhost, which not every resolver knows. Read once, by Java's first HTTP client.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        System.exit(CommandLines.run(Session.ofProcess(), arguments));
    }
}
