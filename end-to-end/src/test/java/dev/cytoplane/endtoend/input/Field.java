package dev.cytoplane.endtoend.input;

/**
 * A field of a request's body, or a parameter of its query.
 *
 * @param name its path, with dots
 * @param type string, date-time, integer, number, boolean, array, object; empty when the document names none
 */
record Field(String name, String type, boolean required, boolean enumerated) {

    boolean nested() {
        return name.contains(".");
    }
}
