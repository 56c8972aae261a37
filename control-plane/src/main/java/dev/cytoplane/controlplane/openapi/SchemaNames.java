package dev.cytoplane.controlplane.openapi;

import io.swagger.v3.core.jackson.TypeNameResolver;

/**
 * A Cell's component is not a component of a project, and not what a CellStatus says of one: types that are nested in a
 * contract are named with it, as in {@code CellStatusComponent}.
 */
final class SchemaNames extends TypeNameResolver {

    private static final String CONTRACTS = "dev.cytoplane.contracts.";

    @Override
    protected String getNameOfClass(Class<?> type) {
        String name = super.getNameOfClass(type);
        Class<?> outer = type.getEnclosingClass();
        return outer != null && type.getName().startsWith(CONTRACTS) ? outer.getSimpleName() + name : name;
    }
}
