package dev.cytoplane.controlplane.source;

import dev.cytoplane.controlplane.access.ComponentScope;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a component's repository below the platform's public address.
 *
 * @param rest what Git asks for in the repository, for example {@code info/refs}
 */
record GitAddress(String organization, String project, String component, String rest) {

    private static final String LABEL = "([a-z](?:[-a-z0-9]{0,38}[a-z0-9])?)";
    private static final Pattern PATH = Pattern.compile("/git/%1$s/%1$s/%1$s\\.git(?:/(.*))?".formatted(LABEL));

    static Optional<GitAddress> parse(String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches()
                ? Optional.of(new GitAddress(
                        matcher.group(1),
                        matcher.group(2),
                        matcher.group(3),
                        matcher.group(4) == null ? "" : matcher.group(4)))
                : Optional.empty();
    }

    static String of(URI publicUrl, ComponentScope scope) {
        return "%s/git/%s.git".formatted(publicUrl, scope.path());
    }
}
