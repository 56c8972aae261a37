package dev.cytoplane.controlplane.id;

import java.util.regex.Pattern;

/** Names of things: DNS labels of at most 40 characters, since they become parts of host names. They never change. */
public final class Names {

    public static final String PATTERN = "^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$";
    public static final String MESSAGE =
            "must be 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen";

    private static final Pattern VALID = Pattern.compile(PATTERN);

    private Names() {}

    public static boolean valid(String name) {
        return VALID.matcher(name).matches();
    }
}
