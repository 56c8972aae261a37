package dev.cytoplane.controlplane.problem;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** What failed before or after any controller is a problem detail too. */
@Hidden
@Controller
class ErrorAnswer implements ErrorController {

    private final ProblemWriter writer;

    ErrorAnswer(ProblemWriter writer) {
        this.writer = writer;
    }

    @RequestMapping("/error")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpStatus status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? Optional.ofNullable(HttpStatus.resolve(code)).orElse(HttpStatus.INTERNAL_SERVER_ERROR)
                : HttpStatus.NOT_FOUND;
        Problem problem = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure
                ? FullStorage.of(failure).orElseGet(() -> problem(status))
                : problem(status);
        writer.write(response, problem);
    }

    private static Problem problem(HttpStatus status) {
        return Problem.of(status, StatusProblems.slug(status), status.getReasonPhrase() + ".");
    }
}
