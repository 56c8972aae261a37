package dev.cytoplane.controlplane.postgres;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A database on the server of this JVM, empty at first. */
public final class Postgres {

    public static final String OWNER = "cytoplane_owner";
    public static final String APPLICATION = "cytoplane_app";

    private static @Nullable Server server;
    private static final String PASSWORD = random(16);

    private final String url;
    private final String administratorUrl;
    private final String password;

    private Postgres(String url, String administratorUrl, String password) {
        this.url = url;
        this.administratorUrl = administratorUrl;
        this.password = password;
    }

    /** A new database. The server starts at the first use, and ends with the JVM. */
    public static synchronized Postgres fresh() {
        if (server == null) {
            server = Server.find();
        }
        return prepare(server);
    }

    /** Without user and password. */
    public String url() {
        return url;
    }

    /** Of both roles. */
    public String password() {
        return password;
    }

    /** As the role of the application, which row-level security binds. */
    public Connection asApplication() throws SQLException {
        return DriverManager.getConnection(url + "?currentSchema=control_plane", APPLICATION, password);
    }

    /** As the role that owns the schema. */
    public Connection asOwner() throws SQLException {
        return DriverManager.getConnection(url + "?currentSchema=control_plane", OWNER, password);
    }

    /** As the server's superuser: for damage that no role of the platform could do. */
    public Connection asSuperuser() throws SQLException {
        return DriverManager.getConnection(administratorUrl);
    }

    private static Postgres prepare(Server server) {
        String password = PASSWORD;
        String database = "test_" + random(6);
        try (Connection connection = DriverManager.getConnection(server.url("postgres"));
                var statement = connection.createStatement()) {
            for (String role : new String[] {OWNER, APPLICATION}) {
                statement.execute("""
                        do $$ begin
                            if not exists (select from pg_roles where rolname = '%1$s') then create role %1$s; end if;
                        end $$""".formatted(role));
                statement.execute("alter role %s login nosuperuser nobypassrls nocreatedb nocreaterole password '%s'"
                        .formatted(role, password));
            }
            statement.execute("create database " + database + " owner " + OWNER);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL could not be prepared for the tests", e);
        }
        return new Postgres(server.plainUrl(database), server.url(database), password);
    }

    private static String random(int bytes) {
        byte[] value = new byte[bytes];
        new SecureRandom().nextBytes(value);
        return HexFormat.of().formatHex(value);
    }
}
