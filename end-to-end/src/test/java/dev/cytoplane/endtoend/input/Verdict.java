package dev.cytoplane.endtoend.input;

import dev.cytoplane.endtoend.platform.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Whether an answer is the problem that a bad request has to get. */
final class Verdict {

    /** Names of our insides: they help nobody but an attacker. */
    private static final Pattern INSIDES = Pattern.compile(
            "Exception|org\\.springframework|java\\.|tools\\.jackson|dev\\.cytoplane\\.|(?i)\\bsql\\b|PSQL");

    private Verdict() {}

    /** What is wrong with the answer; empty when nothing is. */
    static List<String> of(BadRequest request, Answer answer) {
        List<String> wrong = new ArrayList<>();
        if (!request.statuses().contains(answer.status())) {
            wrong.add("status " + answer.status() + ", not one of " + request.statuses());
        }
        if (answer.status() < 400) {
            return wrong;
        }
        if (!answer.header("Content-Type").orElse("").startsWith("application/problem+json")) {
            wrong.add("content type " + answer.header("Content-Type").orElse("none"));
            return wrong;
        }
        try {
            problem(request, answer, wrong);
        } catch (JacksonException | AssertionError e) {
            wrong.add("not JSON");
        }
        if (INSIDES.matcher(answer.text()).find()) {
            wrong.add("tells of our insides");
        }
        return wrong;
    }

    private static void problem(BadRequest request, Answer answer, List<String> wrong) {
        JsonNode problem = answer.json();
        if (!problem.path("type").asString("").startsWith("https://cytoplane.dev/problems/")) {
            wrong.add("no type of ours");
        }
        if (problem.path("status").asInt(0) != answer.status()) {
            wrong.add("another status in the body");
        }
        if (problem.path("title").asString("").isBlank()
                || problem.path("detail").asString("").isBlank()) {
            wrong.add("no title or no detail");
        }
        if (!request.field().isEmpty() && answer.status() == 400 && !names(problem, request.field())) {
            wrong.add("does not name " + request.field());
        }
    }

    private static boolean names(JsonNode problem, String field) {
        return problem.path("errors")
                .valueStream()
                .map(error -> error.path("field").asString(""))
                .anyMatch(name -> name.equals(field)
                        || name.startsWith(field + "[")
                        || name.startsWith(field + ".")
                        || field.startsWith(name + "."));
    }
}
