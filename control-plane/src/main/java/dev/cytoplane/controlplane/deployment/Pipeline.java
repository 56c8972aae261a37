package dev.cytoplane.controlplane.deployment;

import dev.cytoplane.controlplane.problem.Problem;
import java.util.List;
import java.util.Optional;

/** The order in which a project's releases may move. Pure. */
record Pipeline(List<String> stages) {

    Optional<String> first() {
        return stages.stream().findFirst();
    }

    /** @throws Problem 409 when the pipeline does not have the stage */
    Optional<String> before(String stage) {
        int position = stages.indexOf(stage);
        if (position < 0) {
            throw Problem.conflict(
                    "not-in-pipeline",
                    "The project's pipeline does not lead to %s. Its stages are: %s."
                            .formatted(stage, String.join(", ", stages)));
        }
        return position == 0 ? Optional.empty() : Optional.of(stages.get(position - 1));
    }
}
