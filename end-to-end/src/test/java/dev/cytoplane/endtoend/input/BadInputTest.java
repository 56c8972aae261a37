package dev.cytoplane.endtoend.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.endtoend.platform.Answer;
import dev.cytoplane.endtoend.platform.Api;
import dev.cytoplane.endtoend.platform.Platform;
import dev.cytoplane.endtoend.platform.Waits;
import dev.cytoplane.endtoend.platform.WithPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@WithPlatform
@TestInstance(Lifecycle.PER_CLASS)
class BadInputTest {

    private final Platform platform;
    private final World world;
    private final ApiDocument document;

    BadInputTest(Platform platform) {
        this.platform = platform;
        this.world = new World(platform);
        this.document = ApiDocument.servedBy(platform.api());
    }

    /** Clocks may differ by a minute, so a token is taken for as long after its end. */
    @BeforeAll
    void theShortLivedTokenIsOver() {
        Api late = platform.api().as(world.expired());
        Waits.until("the token is refused", Waits.LONG, () -> late.get("/me").expect(401));
    }

    @Test
    void theDocumentDescribesTheWholeApi() {
        assertThat(document.version()).startsWith("3.1");
        assertThat(document.operations()).hasSizeGreaterThan(50);
    }

    @TestFactory
    Stream<DynamicTest> refusesEveryFaultAndChangesNothing() {
        Faults faults = new Faults(world);
        return document.operations().stream()
                .map(operation -> DynamicTest.dynamicTest(
                        operation.toString(), () -> refuses(faults.of(operation, document.methods(operation.path())))));
    }

    private void refuses(List<BadRequest> requests) {
        String before = world.written();
        List<String> wrong = new ArrayList<>();
        for (BadRequest request : requests) {
            Answer answer = platform.api()
                    .as(request.token())
                    .send(request.method(), request.path(), request.body(), request.headers());
            List<String> found = Verdict.of(request, answer);
            if (!found.isEmpty()) {
                wrong.add(request.fault() + ": " + String.join(", ", found) + "\n    " + shortened(answer.toString()));
            }
        }
        String after = world.written();
        if (!after.equals(before)) {
            wrong.add("something was written: " + before + " → " + after);
        }
        assertThat(wrong).describedAs("of %s bad requests", requests.size()).isEmpty();
    }

    private static String shortened(String text) {
        String line = text.replaceAll("a{100,}", "a…a").replace('\n', ' ');
        return line.length() > 500 ? line.substring(0, 500) + "…" : line;
    }
}
