package dev.cytoplane.launcher.keycloak;

import dev.cytoplane.launcher.platform.Credentials;
import dev.cytoplane.launcher.platform.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code deploy/chart/files/realm.json} with its {@code ${…}} filled in. */
final class RealmTemplate {

    private static final Pattern PLACE = Pattern.compile("\\$\\{([A-Za-z]+)}");

    private final Map<String, String> values;

    RealmTemplate(Platform platform, Credentials credentials) {
        this.values = Map.of(
                "apiUrl", platform.apiUrl().toString(),
                "adminPassword", credentials.get(Credentials.Name.ADMIN_PASSWORD),
                "controlPlaneSecret", credentials.get(Credentials.Name.CONTROL_PLANE_CLIENT_SECRET),
                "launcherSecret", credentials.get(Credentials.Name.LAUNCHER_CLIENT_SECRET),
                "demoCustomerSecret", credentials.get(Credentials.Name.DEMO_CUSTOMER_CLIENT_SECRET));
    }

    String fill() {
        return PLACE.matcher(read()).replaceAll(place -> {
            String value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalStateException("Nothing fills " + place.group() + " in the realm's template");
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private static String read() {
        try (InputStream template = RealmTemplate.class.getResourceAsStream("/realm.json")) {
            if (template == null) {
                throw new IllegalStateException("The realm's template is not in the jar");
            }
            return new String(template.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
