package dev.cytoplane.endtoend.platform;

import java.util.Optional;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/**
 * Starts the platform with the first class that needs it, and puts the demo on it with the first that needs that; the launcher
 * session's end closes it.
 */
class PlatformExtension implements BeforeAllCallback, AfterTestExecutionCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(PlatformExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        boolean demo = AnnotationSupport.findAnnotation(context.getTestClass(), WithPlatform.class)
                .filter(WithPlatform::demo)
                .isPresent();
        Platform platform = platform(context, demo);
        if (demo) {
            platform.demo();
        }
    }

    /** A start that failed is kept as well, so that it fails every class at once instead of being tried by each. */
    private static Platform platform(ExtensionContext context, boolean demo) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .computeIfAbsent(Start.class, key -> Start.now(demo), Start.class)
                .platform();
    }

    private static Platform platform(ExtensionContext context) {
        return platform(context, false);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        Optional<Throwable> failure =
                context.getExecutionException().filter(thrown -> !(thrown instanceof TestAbortedException));
        if (failure.isPresent()) {
            System.out.println("--- " + context.getDisplayName() + " failed; what the services logged last:");
            System.out.println(platform(context).logs().tail(25));
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Platform.class;
    }

    @Override
    public Platform resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return platform(context);
    }

    private record Start(Optional<Platform> started, Optional<RuntimeException> failure) implements AutoCloseable {

        static Start now(boolean demo) {
            try {
                return new Start(Optional.of(PlatformStart.start(demo)), Optional.empty());
            } catch (RuntimeException e) {
                return new Start(Optional.empty(), Optional.of(e));
            }
        }

        Platform platform() {
            return started.orElseThrow(
                    () -> new IllegalStateException("The platform did not start", failure.orElseThrow()));
        }

        @Override
        public void close() {
            started.ifPresent(Platform::close);
        }
    }
}
