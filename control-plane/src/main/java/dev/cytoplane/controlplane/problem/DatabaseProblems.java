package dev.cytoplane.controlplane.problem;

import java.sql.SQLException;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;

/**
 * Constraints are the last word on what may be stored. A feature that can say more answers before it comes to this;
 * what remains are races, and text that PostgreSQL cannot hold.
 */
final class DatabaseProblems {

    private DatabaseProblems() {}

    static Optional<Problem> of(DataAccessException failure) {
        if (!(failure.getMostSpecificCause() instanceof SQLException cause) || cause.getSQLState() == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                switch (cause.getSQLState()) {
                    case "23505" -> Problem.conflict("already-exists", "There is one of that name already.");
                    case "23503" ->
                        Problem.conflict("in-use", "Something else refers to it, or what it refers to is gone.");
                    case "23514", "22001" -> Problem.invalid("body", "has a value that is out of bounds");
                    case "22021", "22P05" -> Problem.invalid("body", "has a character that cannot be stored (NUL)");
                    case "40001", "40P01", "55P03" ->
                        Problem.of(HttpStatus.CONFLICT, "concurrent-change", "Someone else was faster: try again.");
                    default -> null;
                });
    }
}
