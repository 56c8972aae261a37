package dev.cytoplane.controlplane.postgres;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the test class an empty database on a real PostgreSQL with the roles {@code cytoplane_owner} and
 * {@code cytoplane_app}. An application context gets one of its own, as connection settings and as a bean
 * {@link Postgres}; a test without one takes a {@link Postgres} parameter.
 */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PostgresExtension.class)
public @interface WithPostgres {}
