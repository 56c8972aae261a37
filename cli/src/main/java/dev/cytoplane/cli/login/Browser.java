package dev.cytoplane.cli.login;

import dev.cytoplane.cli.Session;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.util.Locale;

/** Opens an address in the person's browser. */
public final class Browser {

    private Browser() {}

    /** @return false when there is none, or nobody to look at it */
    public static boolean open(Session session, URI address) {
        if (!session.terminal().out() && !session.terminal().err()) {
            return false;
        }
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
        boolean display = mac
                || session.environment().containsKey("DISPLAY")
                || session.environment().containsKey("WAYLAND_DISPLAY");
        if (!display) {
            return false;
        }
        try {
            new ProcessBuilder(mac ? "open" : "xdg-open", address.toString())
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
