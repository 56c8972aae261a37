package dev.cytoplane.testcluster;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands a {@link Cluster} to each test class that asks for one. */
final class KubernetesExtension implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(KubernetesExtension.class);

    /** A class's view; closed with the class. */
    private record Lent(Cluster cluster) implements AutoCloseable {
        @Override
        public void close() {
            cluster.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cluster.class;
    }

    @Override
    public Cluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
        int number = parameter.isAnnotated(Second.class) ? 1 : 0;
        return ofClass(context)
                .getStore(NAMESPACE)
                .computeIfAbsent(number, unused -> lend(context, number), Lent.class)
                .cluster();
    }

    /** What was proven on which version belongs into the record of a run. */
    private static Lent lend(ExtensionContext context, int number) {
        Class<?> owner = context.getRequiredTestClass();
        Cluster cluster = new Cluster(Providers.of(context).get(number), owner);
        System.out.println(
                owner.getSimpleName() + " on Kubernetes " + cluster.version() + ", " + cluster.description());
        return new Lent(cluster);
    }

    /** Nested classes and methods share what their outermost class was lent. */
    private static ExtensionContext ofClass(ExtensionContext context) {
        ExtensionContext found = context;
        while (found.getParent().isPresent()
                && found.getParent().get().getTestClass().isPresent()) {
            found = found.getParent().get();
        }
        return found;
    }
}
