package dev.cytoplane.cli;

import java.util.List;

/** The commands of this module. */
final class Commands {

    static final List<Class<?>> ALL = List.of();

    private Commands() {}
}
