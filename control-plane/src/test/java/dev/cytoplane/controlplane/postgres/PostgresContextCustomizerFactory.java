package dev.cytoplane.controlplane.postgres;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/** Points the application context of a {@link WithPostgres} test to its server. */
final class PostgresContextCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        return AnnotatedElementUtils.hasAnnotation(testClass, WithPostgres.class) ? new Customizer() : null;
    }

    /** A record: equal for all test classes, so that they can share a context. */
    private record Customizer() implements ContextCustomizer {

        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration merged) {
            // Each context is a platform of its own: its keys and its database belong together.
            Postgres server = Postgres.fresh();
            context.getBeanFactory().registerSingleton("postgres", server);
            TestPropertyValues.of(
                            "spring.datasource.url=" + server.url(),
                            "spring.datasource.username=" + Postgres.APPLICATION,
                            "spring.datasource.password=" + server.password(),
                            "spring.flyway.user=" + Postgres.OWNER,
                            "spring.flyway.password=" + server.password())
                    .applyTo(context);
        }
    }
}
