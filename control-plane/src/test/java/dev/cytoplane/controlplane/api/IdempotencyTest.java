package dev.cytoplane.controlplane.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A creation that is sent twice happens once. */
@ControlPlaneTest
class IdempotencyTest {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Tenancy tenancy;

    @Autowired
    PlatformTransactionManager transactions;

    Organization organization;
    Client ann;

    @BeforeEach
    void signIn() {
        Client client = Client.of(port, "ann");
        organization = Organization.create(client);
        ann = client.with("Idempotency-Key", "key-of-" + organization.name());
    }

    @Test
    void theSameRequestGetsTheSameAnswerAgain() {
        String projects = organization.path() + "/projects";

        var first = ann.post(projects, "{\"name\": \"shop\"}");
        var second = ann.post(projects, "{\"name\": \"shop\"}");

        assertThat(first.status()).as(first.toString()).isEqualTo(201);
        assertThat(first.header("Idempotency-Replayed")).isNull();
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.response().body()).isEqualTo(first.response().body());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
    }

    @Test
    void anotherRequestWithTheSameKeyIsRefused() {
        String projects = organization.path() + "/projects";
        ann.post(projects, "{\"name\": \"shop\"}");

        var other = ann.post(projects, "{\"name\": \"other\"}");

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.text("/type")).endsWith("/idempotency-key-reused");
    }

    @Test
    void aFailureIsNotKept() {
        String projects = organization.path() + "/projects";
        var failed = ann.post(projects, "{\"name\": \"shop\", \"pipeline\": \"fast\"}");
        ann.with("Idempotency-Key", "another-of-" + organization.name())
                .post(organization.path() + "/pipelines", "{\"name\": \"fast\", \"stages\": [\"staging\"]}");

        var repeated = ann.post(projects, "{\"name\": \"shop\", \"pipeline\": \"fast\"}");

        assertThat(failed.status()).isEqualTo(400);
        assertThat(repeated.status()).as(repeated.toString()).isEqualTo(201);
    }

    @Test
    void ofManyAtTheSameTimeOneHappensAndAllGetItsAnswer() throws Exception {
        String projects = organization.path() + "/projects";
        Callable<Client.Answer> request = () -> ann.post(projects, "{\"name\": \"shop\"}");
        List<Client.Answer> answers = new ArrayList<>();

        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Client.Answer> answer : executor.invokeAll(java.util.Collections.nCopies(8, request))) {
                answers.add(answer.get());
            }
        }

        assertThat(answers)
                .allSatisfy(it -> assertThat(it.status()).as(it.toString()).isEqualTo(201));
        assertThat(answers.stream().map(it -> it.text("/id")).distinct()).hasSize(1);
        assertThat(answers.stream().filter(it -> it.header("Idempotency-Replayed") == null))
                .hasSize(1);
    }

    @Test
    void aKeyIsItsCallersOwn() {
        organization.member("ben", "admin");
        Client ben = ann.withToken(TestIssuer.SHARED.token("ben"));
        ann.post(organization.path() + "/projects", "{\"name\": \"shop\"}");

        var answer = ben.post(organization.path() + "/projects", "{\"name\": \"bens\"}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text("/name")).isEqualTo("bens");
    }

    @Test
    void aSecretThatIsShownOnceIsNotInTheDatabase() {
        var created = ann.post("/api/v1/me/tokens", "{\"name\": \"%s\"}".formatted(organization.name()));
        var again = ann.post("/api/v1/me/tokens", "{\"name\": \"%s\"}".formatted(organization.name()));

        String secret = created.text("/token");
        assertThat(again.text("/token")).isEqualTo(secret);
        assertThat(ann.withToken(secret).get("/api/v1/me").status()).isEqualTo(200);
        String stored = tenancy.asPlatform(() -> new TransactionTemplate(transactions)
                .execute(status -> jdbc.sql("""
                        select string_agg(encode(answer, 'escape'), '') from idempotent_answers""").query(String.class).single()));
        assertThat(stored).isNotEmpty().doesNotContain(secret);
    }
}
