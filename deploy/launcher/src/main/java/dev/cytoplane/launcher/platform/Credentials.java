package dev.cytoplane.launcher.platform;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.home.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Passwords and client secrets of a home, generated when they are first asked for and kept in {@code credentials}. */
public final class Credentials {

    /** What is generated. */
    public enum Name {
        /** The user {@code admin} of the platform; a person types it. */
        ADMIN_PASSWORD("adminPassword"),
        KEYCLOAK_ADMIN_PASSWORD("keycloakAdminPassword"),
        POSTGRES_PASSWORD("postgresPassword"),
        DATABASE_OWNER_PASSWORD("databaseOwnerPassword"),
        DATABASE_APPLICATION_PASSWORD("databaseApplicationPassword"),
        DATABASE_KEYCLOAK_PASSWORD("databaseKeycloakPassword"),
        CONTROL_PLANE_CLIENT_SECRET("controlPlaneClientSecret"),
        LAUNCHER_CLIENT_SECRET("launcherClientSecret"),
        DEMO_CUSTOMER_CLIENT_SECRET("demoCustomerClientSecret");

        private final String field;

        Name(String field) {
            this.field = field;
        }
    }

    /** Without letters that are mistaken for one another. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    private final Path file;
    private final SecureRandom random;

    public Credentials(Home home, SecureRandom random) {
        this.file = home.file("credentials");
        this.random = random;
    }

    public synchronized String get(Name name) {
        ObjectNode document = read();
        String known = Json.textOrNull(document, name.field);
        if (known != null) {
            return known;
        }
        String generated = name == Name.ADMIN_PASSWORD ? typeable() : secret();
        document.put(name.field, generated);
        Home.write(file, (Json.pretty(document) + "\n").getBytes(StandardCharsets.UTF_8));
        return generated;
    }

    private ObjectNode read() {
        if (!Files.exists(file)) {
            return Json.object();
        }
        try {
            JsonNode parsed = Json.parse(Files.readString(file));
            return (ObjectNode) parsed;
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "The file " + file + " cannot be read.", null, e);
        }
    }

    private String secret() {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Four groups of four: about 79 bits. */
    private String typeable() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            text.append(i > 0 && i % 4 == 0 ? "-" : "").append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
