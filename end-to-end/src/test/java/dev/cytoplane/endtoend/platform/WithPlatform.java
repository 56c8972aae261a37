package dev.cytoplane.endtoend.platform;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test class needs the platform: {@code ./cyto demo} has run before its first test. All classes of a run share one
 * platform, so a test makes its own organization instead of changing another's. Parameters of type {@link Platform} are
 * given to constructors and methods.
 *
 * <p>In an edit loop, {@code -Dcytoplane.home=DIR} uses a platform that {@code ./cyto demo --home DIR} has started, and
 * leaves it running.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PlatformExtension.class)
public @interface WithPlatform {}
