/**
 * Bad requests to every operation of the served OpenAPI document, made by rules from the document itself: a new
 * operation is tested without a new test. Each answer has to be a problem of the 4xx range that names what is wrong,
 * and nothing may have changed.
 */
@NullMarked
package dev.cytoplane.endtoend.input;

import org.jspecify.annotations.NullMarked;
