package dev.cytoplane.builder;

/** What is installed on this machine for builds. Each method throws a {@link BuildFailure} that names what is missing. */
public interface Toolchain {

    Tool node();

    Tool npm();

    Tool java();

    Tool maven();
}
