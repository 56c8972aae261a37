package dev.cytoplane.launcher.postgres;

import dev.cytoplane.launcher.platform.Credentials;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * The roles and databases of the platform. {@code cytoplane_owner} owns the schemas and migrates them;
 * {@code cytoplane_app} may only work in them, under row-level security; {@code keycloak} has its own database.
 */
final class Databases {

    private final int port;
    private final Credentials credentials;

    Databases(int port, Credentials credentials) {
        this.port = port;
        this.credentials = credentials;
    }

    boolean answers() {
        try (Connection connection = connect()) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Makes what is missing, and sets the passwords to those in the credentials. */
    void create() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            role(connection, "cytoplane_owner", Credentials.Name.DATABASE_OWNER_PASSWORD);
            role(connection, "cytoplane_app", Credentials.Name.DATABASE_APPLICATION_PASSWORD);
            role(connection, "keycloak", Credentials.Name.DATABASE_KEYCLOAK_PASSWORD);
            database(connection, "cytoplane", "cytoplane_owner");
            database(connection, "keycloak", "keycloak");
            statement.execute("revoke connect on database cytoplane from public");
            statement.execute("revoke connect on database keycloak from public");
            statement.execute("grant connect on database cytoplane to cytoplane_app");
            // The identity provider's sessions and events may lose the last instant in a crash; nothing else may.
            statement.execute("alter role keycloak set synchronous_commit = off");
        }
    }

    private void role(Connection connection, String role, Credentials.Name password) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!exists(connection, "select 1 from pg_roles where rolname = ?", role)) {
                statement.execute("create role " + role + " login nosuperuser nocreatedb nocreaterole");
            }
            statement.execute("alter role " + role + " password '" + credentials.get(password) + "'");
        }
    }

    private static void database(Connection connection, String database, String owner) throws SQLException {
        if (!exists(connection, "select 1 from pg_database where datname = ?", database)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("create database " + database + " owner " + owner);
            }
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("password", credentials.get(Credentials.Name.POSTGRES_PASSWORD));
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("socketTimeout", "30");
        properties.setProperty("ApplicationName", "cytoplane-launcher");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", properties);
    }
}
