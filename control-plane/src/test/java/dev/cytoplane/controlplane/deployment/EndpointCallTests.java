package dev.cytoplane.controlplane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.contracts.link.EndpointCall;
import dev.cytoplane.contracts.link.LinkEvent;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.api.Client;
import dev.cytoplane.controlplane.dataplane.link.TestDataPlane;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Trying out an endpoint: asked over the link, answered over the link. */
class EndpointCallTests extends ShopOnADataPlane {

    private static final String CALL =
            "{\"environment\": \"dev\", \"method\": \"POST\", \"path\": \"/items?key=hush\", \"body\": \"hush\","
                    + " \"headers\": [{\"name\": \"Authorization\", \"value\": \"Bearer hush\"}]}";

    @Test
    void theDataPlaneIsAskedAndItsAnswerIsTold() throws Exception {
        live("dev", offering(api, Visibility.PUBLIC));

        CompletableFuture<Client.Answer> calling = begin(owner, CALL);
        LinkEvent.CallWanted wanted = watch.next(LinkEvent.CallWanted.class);
        assertThat(wanted.cell()).isEqualTo("store.dev." + shop.organization());
        assertThat(wanted.component()).isEqualTo("api");
        assertThat(wanted.endpoint()).isEqualTo("http");
        assertThat(wanted.request())
                .isEqualTo(new EndpointCall.Request(
                        "POST",
                        "/items?key=hush",
                        List.of(new EndpointCall.Header("Authorization", "Bearer hush")),
                        "hush"));
        answer(
                dataPlane,
                wanted.call(),
                new EndpointCall.Answered(
                        201,
                        List.of(new EndpointCall.Header("content-type", "text/plain")),
                        base64("<b>größer</b>".getBytes(StandardCharsets.UTF_8)),
                        true,
                        12));

        Client.Answer answer = calling.get(10, TimeUnit.SECONDS);
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.json().at("/status").asInt()).isEqualTo(201);
        assertThat(answer.text("/body")).isEqualTo("<b>größer</b>");
        assertThat(answer.json().at("/milliseconds").asInt()).isEqualTo(12);
        assertThat(answer.text("/headers/0/name")).isEqualTo("content-type");
        Client.Answer log = owner.get(shop.path("/audit?action=endpoint.called"));
        assertThat(log.json().at("/items")).hasSize(1);
        assertThat(log.text("/items/0/resource")).isEqualTo(api.path() + "/http");
        assertThat(log.text("/items/0/details/path")).isEqualTo("/items");
        assertThat(log.response().body()).doesNotContain("hush");
    }

    @Test
    void whatIsNoTextIsNotShownAndACharacterThatWasCutOffIsLeftOut() throws Exception {
        live("dev", offering(api, Visibility.PUBLIC));

        Client.Answer binary = answered(new byte[] {(byte) 0xff, (byte) 0xd8, 0}, true);
        assertThat(binary.json().at("/body").isNull()).isTrue();
        assertThat(binary.json().at("/bodyBytes").asInt()).isEqualTo(3);

        Client.Answer cut = answered(new byte[] {'o', 'k', (byte) 0xc3}, false);
        assertThat(cut.text("/body")).isEqualTo("ok");
        assertThat(cut.json().at("/complete").asBoolean()).isFalse();
    }

    private Client.Answer answered(byte[] body, boolean complete) throws Exception {
        CompletableFuture<Client.Answer> calling = begin(owner, CALL);
        LinkEvent.CallWanted wanted = watch.next(LinkEvent.CallWanted.class);
        answer(dataPlane, wanted.call(), new EndpointCall.Answered(200, List.of(), base64(body), complete, 1));
        return calling.get(10, TimeUnit.SECONDS);
    }

    @Test
    void whyThereIsNoAnswerIsTold() throws Exception {
        live("dev", offering(api, Visibility.PUBLIC));

        CompletableFuture<Client.Answer> calling = begin(owner, CALL);
        LinkEvent.CallWanted wanted = watch.next(LinkEvent.CallWanted.class);
        TestDataPlane other = TestDataPlane.joined(admin, link, authority.trustBundle(), name + "-b");
        answer(other, wanted.call(), new EndpointCall.Unanswered("forged"));
        answer(dataPlane, wanted.call(), new EndpointCall.Unanswered("It has not answered within 10 seconds."));

        Client.Answer answer = calling.get(10, TimeUnit.SECONDS);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text("/type")).endsWith("endpoint-unanswered");
        assertThat(answer.text("/detail")).isEqualTo("It has not answered within 10 seconds.");
    }

    @Test
    void onlyPublicEndpointsThatAreDeployedAndOnlyByWhoMayDeploy() {
        live("dev", offering(api, Visibility.ORGANIZATION));

        assertThat(call(owner, CALL).text("/type")).endsWith("endpoint-not-public");
        assertThat(call(owner, CALL.replace("dev", "prod")).status()).isEqualTo(404);
        assertThat(owner.post(shop.path(api, "/endpoints/other/calls"), CALL).status())
                .isEqualTo(404);
        String viewer = "vera-" + UUID.randomUUID();
        owner.post(shop.path("/members"), "{\"username\": \"%s\", \"role\": \"viewer\"}".formatted(viewer));
        assertThat(call(Client.of(port, viewer), CALL).status()).isEqualTo(403);
        assertThat(call(Client.of(port, "stranger"), CALL).status()).isEqualTo(404);
        assertThat(owner.get(shop.path("/audit?action=endpoint.called")).json().at("/items"))
                .isEmpty();
    }

    @Test
    void nothingLeadsAnywhereElse() {
        live("dev", offering(api, Visibility.PUBLIC));

        for (String path :
                List.of("/../x", "/a/./b", "/%2e%2e/x", "/.%2E%2fx", "/a%5c..%5cb", "x", "//a\\\\b", "/a#b", "/%zz")) {
            Client.Answer answer = call(owner, CALL.replace("/items?key=hush", path));
            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.text("/errors/0/field")).as(path).isEqualTo("path");
        }
        for (String header :
                List.of("Host", "connection", "Content-Length", "Transfer-Encoding", "Proxy-Authorization")) {
            Client.Answer answer = call(owner, CALL.replace("Authorization", header));
            assertThat(answer.status()).as(header).isEqualTo(400);
        }
        assertThat(call(owner, CALL.replace("Bearer hush", "a\\r\\nHost: b")).status())
                .isEqualTo(400);
    }

    @Test
    void aCallIsNotKeptUnderAKey() throws Exception {
        live("dev", offering(api, Visibility.PUBLIC));
        Client keyed = owner.with("Idempotency-Key", UUID.randomUUID().toString());

        for (int status : new int[] {200, 204}) {
            CompletableFuture<Client.Answer> calling = begin(keyed, CALL);
            String call = watch.next(LinkEvent.CallWanted.class).call();
            answer(dataPlane, call, new EndpointCall.Answered(status, List.of(), "", true, 1));
            assertThat(calling.get(10, TimeUnit.SECONDS).json().at("/status").asInt())
                    .isEqualTo(status);
        }
    }

    @Test
    void withoutItsDataPlaneThereIsNoCall() {
        live("dev", offering(api, Visibility.PUBLIC));
        watch.close();
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(
                                admin.get("/api/v1/data-planes/" + name).text("/status"))
                        .isNotEqualTo("CONNECTED"));

        Client.Answer answer = call(owner, CALL);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text("/type")).endsWith("data-plane-unavailable");
    }

    private CompletableFuture<Client.Answer> begin(Client caller, String body) {
        return CompletableFuture.supplyAsync(() -> call(caller, body));
    }

    private Client.Answer call(Client caller, String body) {
        return caller.post(shop.path(api, "/endpoints/http/calls"), body);
    }

    private static void answer(TestDataPlane dataPlane, String call, EndpointCall.Outcome outcome) {
        assertThat(dataPlane
                        .send(
                                "POST",
                                "/link/v1/call-outcomes/" + call,
                                ContractJson.MAPPER
                                        .writerFor(EndpointCall.Outcome.class)
                                        .writeValueAsBytes(outcome))
                        .statusCode())
                .isEqualTo(204);
    }

    private String offering(ComponentScope component, Visibility visibility) {
        return release(
                component,
                "one",
                it -> new Descriptor(
                        it.apiVersion(),
                        it.kind(),
                        it.type(),
                        it.build(),
                        it.run(),
                        List.of(new Descriptor.Endpoint("http", null, null, null, visibility, null, null, null)),
                        it.connections(),
                        it.configuration(),
                        it.probes(),
                        it.scale(),
                        it.task()));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
