package dev.cytoplane.controlplane.api;

import dev.cytoplane.controlplane.ControlPlane;
import dev.cytoplane.controlplane.access.TestDirectory;
import dev.cytoplane.controlplane.postgres.WithPostgres;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * The whole control plane on free ports, on a real PostgreSQL, with {@link TestIssuer} for the identity provider. All
 * tests share one context and one database: each works in organizations of its own.
 */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@WithPostgres
@SpringBootTest(
        classes = ControlPlane.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "cytoplane.public-url=http://localhost",
            "cytoplane.webhook.port=0",
            "cytoplane.link.port=0"
        })
@Import(TestDirectory.class)
@ContextConfiguration(initializers = TestSurroundings.class)
public @interface ControlPlaneTest {}
