package dev.cytoplane.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cytoplane.contracts.gateway.GatewayConfiguration.Applied;
import dev.cytoplane.contracts.gateway.GatewayConfiguration.Refused;
import dev.cytoplane.gateway.testing.Caller;
import dev.cytoplane.gateway.testing.TestAuthority;
import dev.cytoplane.gateway.testing.TestCell;
import dev.cytoplane.gateway.testing.TestUpstream;
import org.junit.jupiter.api.Test;

/** A gateway in which each cell stands for itself: what is wrong with one is nobody else's matter. */
class CellsApartTest extends WithGateway {

    private static final String APART = "--cytoplane.gateway.cells-apart=true";

    private void startApart(TestCell... cells) {
        long generation = folder.write(cells);
        startWith(APART);
        assertThat(folder.applied(generation).refused()).isEmpty();
    }

    private int status(String cell, String path) {
        return Caller.of(folder.httpPort(), TestCell.host(cell)).get(path).status();
    }

    private TestCell published(String name) {
        return cell(name).publishes("/", upstream(name).address());
    }

    @Test
    void aPartThatDoesNotCompileHoldsNobodyBackAndWhatWasInForceOfItStays() {
        TestCell shop = published("shop");
        TestCell orders = published("orders");
        startApart(shop, orders);

        TestUpstream other = upstream("other");
        shop.publishes("/", other.address());
        orders.publishes("/new", other.address());
        Applied applied = folder.applied(folder.write(shop, orders));

        assertThat(applied.error()).isNull();
        assertThat(applied.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.cell()).isEqualTo("shop");
            assertThat(refused.reason()).contains("two public routes have the path /");
        });
        assertThat(status("shop", "/")).isEqualTo(200);
        assertThat(status("orders", "/new")).isEqualTo(200);

        shop.publishesNothing().publishes("/mended", other.address());
        assertThat(folder.applied(folder.write(shop, orders)).refused()).isEmpty();
        assertThat(status("shop", "/mended")).isEqualTo(200);
    }

    @Test
    void aPartThatWasNeverGoodIsNotThereAndTheOthersAre() {
        TestCell shop = published("shop");
        TestCell broken = published("broken").publishes("/", "127.0.0.1:1");
        long generation = folder.write(shop, broken);

        startWith(APART);

        assertThat(folder.applied(generation).refused())
                .extracting(Refused::cell)
                .containsExactly("broken");
        assertThat(status("shop", "/")).isEqualTo(200);
        assertThat(status("broken", "/")).isEqualTo(404);
    }

    @Test
    void aProcessThatBeginsAnewKeepsTheLastGoodPart() {
        TestCell shop = published("shop");
        TestCell orders = published("orders");
        startApart(shop, orders);
        long generation = folder.write(shop.publishes("/", "127.0.0.1:1"), orders);
        assertThat(folder.applied(generation).refused()).hasSize(1);

        stop();
        startWith(APART);

        await().untilAsserted(() -> assertThat(status("shop", "/")).isEqualTo(200));
        assertThat(status("orders", "/")).isEqualTo(200);
    }

    @Test
    void aCertificateThatIsMissingOrAnothersIsItsCellsMatter() {
        TestCell shop = published("shop");
        TestCell orders = published("orders");
        startApart(shop, orders);

        TestAuthority.Credential wrong = authority.issue(TestCell.identity("other"), TestCell.host("shop"));
        folder.move("shop.key", wrong.keyPem());
        folder.move("shop.pem", wrong.certificatePem());

        await().untilAsserted(() -> assertThat(folder.applied())
                .isNotNull()
                .satisfies(applied -> assertThat(applied.refused())
                        .singleElement()
                        .satisfies(refused -> assertThat(refused.reason()).contains("the certificate's identity is"))));
        assertThat(status("shop", "/")).isEqualTo(200);
        assertThat(status("orders", "/")).isEqualTo(200);
    }

    @Test
    void whatACellHasNobodyElseGets() {
        TestCell shop = published("shop");
        startApart(shop);

        Applied applied = folder.applied(folder.write(published("a").at(shop), shop));

        assertThat(applied.refused()).extracting(Refused::cell).containsExactly("a");
        assertThat(Caller.of(folder.httpPort(), shop.host()).get("/").body()).isEqualTo("shop");
    }

    @Test
    void aThirdPartyIsNeverOnThisMachineWhateverItIsCalled() {
        TestUpstream here = upstream("here");
        String port = here.address().substring(here.address().lastIndexOf(':'));
        TestCell shop = cell("shop")
                .callsExternal("by-address", "http://127.0.0.1" + port)
                .callsExternal("by-name", "http://localhost" + port);
        long generation = folder.write(shop);

        startWith(APART, "--cytoplane.gateway.third-parties-here=false");
        folder.applied(generation);

        Caller component = Caller.of(shop.outboundPort(), "localhost");
        assertThat(component.get("/by-address/").status()).isEqualTo(503);
        assertThat(component.get("/by-name/").status()).isEqualTo(503);
    }
}
