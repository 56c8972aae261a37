package dev.cytoplane.controlplane.openapi;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A Cell's component is not a component of a project, and not what a CellStatus says of one: types that are nested in a
 * contract are named with it, as in {@code CellStatusComponent}. Two types of one name would be one schema, of whichever came
 * last: that is refused.
 */
final class SchemaNames extends TypeNameResolver {

    private static final String CONTRACTS = "dev.cytoplane.contracts.";

    private final Map<String, Class<?>> named = new ConcurrentHashMap<>();

    @Override
    protected String getNameOfClass(Class<?> type) {
        String name = super.getNameOfClass(type);
        Class<?> outer = type.getEnclosingClass();
        String unique = outer != null && type.getName().startsWith(CONTRACTS) ? outer.getSimpleName() + name : name;
        Class<?> other = named.putIfAbsent(unique, type);
        if (other != null && other != type && type.isRecord()) {
            throw new IllegalStateException(
                    "Two schemas would be called " + unique + ": of " + other.getName() + " and of " + type.getName());
        }
        return unique;
    }
}
