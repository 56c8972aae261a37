package dev.cytoplane.endtoend.fault;

import dev.cytoplane.endtoend.platform.WithPlatform;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Order;

/** A class of tests that ends processes by force: after all others. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@WithPlatform
@Order(Integer.MAX_VALUE)
@interface Faulty {}
