package dev.cytoplane.controlplane.postgres;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the test class a real PostgreSQL with the roles {@code cytoplane_owner} and {@code cytoplane_app} and an empty
 * database, the same one for all Spring tests of this JVM. A test with an application context gets the connection
 * settings as properties; any other takes a {@link Postgres} parameter.
 */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PostgresExtension.class)
public @interface WithPostgres {}
