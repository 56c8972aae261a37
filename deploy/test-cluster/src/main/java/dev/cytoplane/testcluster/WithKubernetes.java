package dev.cytoplane.testcluster;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The test class needs a real Kubernetes. Its methods take a {@link Cluster}, and one more with {@link Second} for what
 * crosses two data planes.
 *
 * <p>The cluster is the one that {@code KUBECONFIG} names, else K3s in a container where Docker is, else one made by
 * {@code deploy/test-cluster/cluster}. It is shared by all classes of a run, one after the other; each class makes namespaces of its own. Where
 * none can be had the class fails: what was not tested is not green.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Tag("kubernetes")
@Isolated
@ExtendWith(KubernetesExtension.class)
public @interface WithKubernetes {}
