package dev.cytoplane.controlplane.build;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Node.js components are only built where Node.js is; elsewhere the report says that this was not tested. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NodeInstalled.Condition.class)
public @interface NodeInstalled {

    /** Looks for node and npm on the PATH. */
    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return runs("node") && runs("npm")
                    ? ConditionEvaluationResult.enabled("Node.js is installed")
                    : ConditionEvaluationResult.disabled("NOT TESTED: node and npm are not installed here");
        }

        private static boolean runs(String program) {
            String path = String.valueOf(System.getenv("PATH"));
            return java.util.Arrays.stream(path.split(":"))
                    .anyMatch(folder -> java.nio.file.Files.isExecutable(java.nio.file.Path.of(folder, program)));
        }
    }
}
