package dev.cytoplane.endtoend.platform;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test class needs the platform: {@code ./cyto up} has run before its first test. The classes that one JVM runs
 * share a platform, one after the other and in no order that they could rely on, after those too that kill its services:
 * so a test makes its own organization instead of changing another's, and leaves every service running. Parameters of
 * type {@link Platform} are given to constructors and methods.
 *
 * <p>In an edit loop, {@code -Dcytoplane.home=DIR} uses a platform that {@code ./cyto up --home DIR} has started, and
 * leaves it running; {@code -Dfailsafe.forks=1} then keeps the classes from disturbing each other.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PlatformExtension.class)
public @interface WithPlatform {

    /** Whether {@code ./cyto demo} has to have run too. */
    boolean demo() default false;
}
