package dev.cytoplane.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.gateway.GatewayConfiguration.Applied;
import dev.cytoplane.gateway.testing.Caller;
import dev.cytoplane.gateway.testing.FreePorts;
import dev.cytoplane.gateway.testing.TestAuthority;
import dev.cytoplane.gateway.testing.TestCell;
import dev.cytoplane.gateway.testing.TestUpstream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

/** How configurations come into force, and what survives. */
class ConfigurationTest extends WithGateway {

    private int status(String cell, String path) {
        return Caller.of(folder.httpPort(), TestCell.host(cell)).get(path).status();
    }

    private void awaitError(String part) {
        await().untilAsserted(() -> assertThat(folder.applied())
                .isNotNull()
                .extracting(Applied::error)
                .asString()
                .contains(part));
    }

    @Test
    void aNewConfigurationIsInForceWhenAppliedSaysSo() {
        TestCell shop = cell("shop").publishes("/one", upstream("one").address());
        start(shop);
        assertThat(status("shop", "/two")).isEqualTo(404);

        Applied applied = folder.applied(
                folder.write(shop.publishes("/two", upstream("two").address())));

        assertThat(applied.error()).isNull();
        assertThat(status("shop", "/two")).isEqualTo(200);
        change(shop.publishesNothing());
        assertThat(status("shop", "/one")).isEqualTo(404);
    }

    @Test
    void aBrokenConfigurationChangesNothingButWhatAppliedSays() {
        TestCell shop = cell("shop").publishes("/", upstream("web").address());
        start(shop);

        folder.writeRaw("{\"generation\": 41, \"cells\": [");
        awaitError("configuration.json cannot be read");
        assertThat(status("shop", "/")).isEqualTo(200);

        TestCell twice = cell("twice").publishes("/a", "127.0.0.1:1").publishes("/a", "127.0.0.1:2");
        Applied applied = folder.applied(folder.write(shop, twice));
        assertThat(applied.error()).contains("twice").contains("two public routes have the path /a");
        assertThat(status("shop", "/")).isEqualTo(200);
        assertThat(status("twice", "/a")).isEqualTo(404);

        change(shop, cell("fine").publishes("/", upstream("fine").address()));
        assertThat(folder.applied()).extracting(Applied::error).isNull();
        assertThat(status("fine", "/")).isEqualTo(200);
    }

    @Test
    void aCertificateOfAnotherCellIsNotPutInForce() {
        TestCell shop = cell("shop").publishes("/", upstream("web").address());
        start(shop);

        TestAuthority.Credential wrong = authority.issue(TestCell.identity("other"), TestCell.host("shop"));
        folder.move("shop.key", wrong.keyPem());
        awaitError("the private key does not belong to the certificate");
        folder.move("shop.pem", wrong.certificatePem());
        awaitError("the certificate's identity is");
        assertThat(status("shop", "/")).isEqualTo(200);
    }

    @Test
    void filesOutsideTheFolderAreNotRead() {
        start(cell("shop").publishes("/", upstream("web").address()));

        folder.writeRaw("""
                {"generation": 9, "entry": {"address": "127.0.0.1"}, "trustBundleFile": "../secret", "cells": []}
                """);

        assertThat(folder.applied(9).error()).contains("outside the configuration's folder");
    }

    @Test
    void withTheFolderGoneItStartsFromTheLastGoodCopy() throws IOException {
        TestUpstream web = upstream("web");
        TestCell shop = cell("shop").publishes("/", web.address()).callsInside("key-1", web.address());
        start(shop);
        stop();
        try (Stream<Path> files = Files.list(folder.directory())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder.directory());

        start();

        await().untilAsserted(() -> assertThat(status("shop", "/")).isEqualTo(200));
        assertThat(Caller.of(folder.httpsPort(), shop.host())
                        .tls(authority, shop.host(), null)
                        .get("/")
                        .status())
                .isEqualTo(200);
        assertThat(Caller.of(shop.outboundPort(), "localhost").get("/key-1/").status())
                .isEqualTo(200);

        Files.createDirectories(folder.directory());
        change(shop.publishes("/more", web.address()));
        assertThat(status("shop", "/more")).isEqualTo(200);
    }

    @Test
    void withABrokenConfigurationItStartsFromTheLastGoodCopyAndSaysWhy() {
        TestCell shop = cell("shop").publishes("/", upstream("web").address());
        start(shop);
        stop();
        folder.writeRaw("{\"generation\": 77}");

        start();

        assertThat(folder.applied(77).error()).isNotNull();
        assertThat(status("shop", "/")).isEqualTo(200);
    }

    @Test
    void aRenewedCertificateIsShownToNewConnectionsWhileOpenOnesStay() throws Exception {
        TestUpstream web = upstream("web");
        TestCell shop = cell("shop").publishes("/", web.address()).calls("key-1", null, "spiffe://x", "x", "/");
        TestCell called = cell("called").offers("/", List.of(shop.identity()), web.address());
        shop.calls("key-2", called, "/");
        start(shop, called);
        BigInteger before = shop.credential().certificate().getSerialNumber();
        try (SSLSocket open = connect(shop.host())) {
            assertThat(serial(open)).isEqualTo(before);

            shop.renewedBy(authority);
            called.renewedBy(authority);
            folder.move("shop.pem", shop.credential().certificatePem());
            folder.move("shop.key", shop.credential().keyPem());
            folder.move("called.pem", called.credential().certificatePem());
            folder.move("called.key", called.credential().keyPem());

            await().untilAsserted(() -> {
                try (SSLSocket fresh = connect(shop.host())) {
                    assertThat(serial(fresh))
                            .isEqualTo(shop.credential().certificate().getSerialNumber());
                }
            });
            assertThat(statusOver(open, shop.host())).isEqualTo("HTTP/1.1 200 OK");
        }
        assertThat(Caller.of(shop.outboundPort(), "localhost").get("/key-2/").status())
                .isEqualTo(200);
    }

    @Test
    void aConnectionThatConcernsNoChangeStaysOpen() throws IOException {
        TestCell shop = cell("shop").publishes("/", upstream("web").address());
        start(shop);
        try (Socket open = new Socket("127.0.0.1", folder.httpPort())) {
            assertThat(statusOver(open, shop.host())).isEqualTo("HTTP/1.1 200 OK");

            change(shop, cell("new").publishes("/", upstream("new").address()));
            change(shop);

            assertThat(statusOver(open, shop.host())).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @Test
    void aPortThatIsTakenIsReportedAndOpenedWhenItIsFree() throws IOException {
        TestCell shop = cell("shop").publishes("/", upstream("web").address());
        try (ServerSocket thief = new ServerSocket(shop.westboundPort(), 1, InetAddress.getByName("127.0.0.1"))) {
            long generation = folder.write(shop);
            start();
            Applied applied = folder.applied(generation);
            assertThat(applied.error()).isNull();
            assertThat(applied.shut()).singleElement().satisfies(shut -> {
                assertThat(shut.cell()).isEqualTo(shop.name());
                assertThat(shut.reason()).contains(thief.getLocalPort() + "", "cannot be opened");
            });
            assertThat(status("shop", "/")).isEqualTo(200);
        }
        await().untilAsserted(() -> assertThat(folder.applied())
                .isNotNull()
                .extracting(Applied::shut)
                .isEqualTo(List.of()));
    }

    @Test
    void theDoorsOfACellThatLeavesAreClosed() {
        TestCell shop = cell("shop").publishes("/", upstream("web").address());
        TestCell leaving = cell("leaving").callsInside("key-1", upstream("in").address());
        start(shop, leaving);
        assertThat(Caller.of(leaving.outboundPort(), "localhost").get("/key-1/").status())
                .isEqualTo(200);

        change(shop);

        for (int port : List.of(leaving.outboundPort(), leaving.westboundPort())) {
            assertThat(FreePorts.isFree(port)).isTrue();
        }
    }

    @Test
    void aRequestInFlightOutlivesItsCell() throws Exception {
        TestUpstream slow = upstream("slow");
        TestCell leaving = cell("leaving").callsInside("key-1", slow.address());
        TestCell shop = cell("shop").publishes("/", upstream("web").address());
        start(shop, leaving);
        var answer = java.util.concurrent.CompletableFuture.supplyAsync(
                () -> Caller.of(leaving.outboundPort(), "localhost").get("/key-1/slow"));
        await().until(() -> !slow.seen().isEmpty());

        change(shop);

        assertThat(answer.get().body()).isEqualTo("slow");
    }

    /** Each caller closes its connection as soon as it has its answer; upstream connections are shared by all. */
    @Test
    void aCallerThatLeavesAtOnceBreaksNobodysCall() throws InterruptedException {
        TestCell shop = cell("shop");
        TestUpstream web = new TestUpstream("web");
        start(shop.publishes("/", web.address()));
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        List<Thread> callers = IntStream.range(0, 4)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> {
                    for (int call = 0; call < 500; call++) {
                        var answer = Caller.of(folder.httpPort(), shop.host()).send("POST", "/", "x".repeat(100));
                        if (answer.status() != 200) {
                            wrong.add(answer.status() + " " + answer.body());
                        }
                    }
                }))
                .toList();
        for (Thread caller : callers) {
            caller.join();
        }
        web.close();

        assertThat(wrong).isEmpty();
    }

    /** The data plane replaces instances in this way: new one ready, swap, applied, a time to drain, old one stopped. */
    @Test
    void aSwapUnderLoadDropsNoRequest() throws InterruptedException {
        TestCell shop = cell("shop");
        TestUpstream current = new TestUpstream("v0");
        start(shop.publishes("/", current.address()));
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        Queue<String> failed = new ConcurrentLinkedQueue<>();
        List<Thread> load = IntStream.range(0, 4)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> {
                    while (!stop.get()) {
                        try {
                            String sent = "x".repeat(100);
                            var answer =
                                    Caller.of(folder.httpPort(), shop.host()).send("POST", "/", sent);
                            if (answer.status() == 200) {
                                answered.incrementAndGet();
                            } else {
                                failed.add(answer.status() + " " + answer.body());
                            }
                            Thread.sleep(5);
                        } catch (RuntimeException | InterruptedException e) {
                            failed.add(e.toString());
                        }
                    }
                }))
                .toList();

        for (int i = 1; i <= 6; i++) {
            int before = answered.get();
            await().until(() -> answered.get() > before + 20);
            TestUpstream next = new TestUpstream("v" + i);
            change(shop.publishesNothing().publishes("/", next.address()));
            TestUpstream old = current;
            current = next;
            TimeUnit.SECONDS.sleep(1);
            old.close();
        }
        stop.set(true);
        for (Thread thread : load) {
            thread.join();
        }
        current.close();

        assertThat(failed).as("failed beside %d", answered.get()).isEmpty();
        assertThat(answered.get()).isGreaterThan(120);
    }

    private SSLSocket connect(String host) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anyone()}, null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", folder.httpsPort());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static BigInteger serial(SSLSocket socket) throws Exception {
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
    }

    private static String statusOver(Socket socket, String host) throws IOException {
        socket.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
        socket.getOutputStream()
                .write(("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        byte[] answer = new byte[4096];
        StringBuilder text = new StringBuilder();
        while (!text.toString().endsWith("web")) {
            int read = socket.getInputStream().read(answer);
            if (read < 0) {
                return "closed after: " + text;
            }
            text.append(new String(answer, 0, read, StandardCharsets.US_ASCII));
        }
        return text.substring(0, text.indexOf("\r\n"));
    }

    /** The test looks at the certificate itself. */
    private static final class Anyone implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
