package dev.cytoplane.controlplane.idempotency;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A POST that makes nothing here: it takes no Idempotency-Key, since its answer is somebody else's and must not be kept,
 * and no transaction of ours may wait for it. Its path ends with {@value #PATH_END}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Unrecorded {

    /** By this the filter knows it, before there is a handler. */
    String PATH_END = "/calls";
}
