package dev.cytoplane.endtoend.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chart makes of values, and what it says to those that it does not take. Needs helm, and no cluster. */
@Tag("kubernetes")
class ChartValuesTest {

    private static final String BOTH = """
            cluster: {networks: [10.96.0.0/16, "fd00::/64"]}
            controlPlane:
              enabled: true
              image: {repository: registry.example/control-plane, tag: "1"}
              publicUrl: https://platform.example.com
              ingress: {enabled: true, tlsSecret: platform-tls}
            postgresql: {inCluster: true, image: registry.example/postgres}
            keycloak: {inCluster: true, image: registry.example/keycloak, url: https://sign-in.example.com}
            dataPlane:
              enabled: true
              image: {repository: registry.example/data-plane, tag: "1"}
              domain: cells.example.com
            cells:
              imageRepository: registry.example/releases
              gatewayImage: registry.example/gateway
              baseImages: {node: registry.example/node}
            """;

    private static final String EXTERNAL = """
            cluster: {networks: [10.96.0.0/16]}
            controlPlane:
              enabled: true
              image: {repository: registry.example/control-plane, tag: "1"}
              publicUrl: https://platform.example.com
            postgresql: {host: db.example.com, existingSecret: database, networks: [192.0.2.0/24]}
            keycloak: {url: "https://sign-in.example.com:8443", existingSecret: client}
            """;

    private final Helm helm = Helm.withoutCluster(Repository.root());
    private Path both;
    private Path external;

    @BeforeEach
    void write(@TempDir Path folder) throws IOException {
        both = Files.writeString(folder.resolve("both.yaml"), BOTH);
        external = Files.writeString(folder.resolve("external.yaml"), EXTERNAL);
    }

    @Test
    void everythingIsRenderedAndLinted() throws IOException {
        assertThat(render(both).said())
                .contains("name: cytoplane-control-plane", "name: cytoplane-postgresql", "name: cytoplane-keycloak")
                .contains("name: cytoplane-data-plane", "secretName: platform-tls", "CYTOPLANE_INVITATION_TOKEN")
                .contains("except: [\"10.96.0.0/16\"]", "except: [\"fd00::/64\"]");
        helm.ok("lint", helm.chart(), "--strict", "--values", both.toString());
    }

    @Test
    void whetherCellsShareAGatewayIsToldToTheDataPlane() throws IOException {
        String variable = "{name: CYTOPLANE_DATAPLANE_KUBERNETES_GATEWAYSHARING, value: \"%s\"}";
        assertThat(render(both).said()).contains(variable.formatted("none"));
        assertThat(render(both, "--set", "cells.gatewaySharing=environment").said())
                .contains(variable.formatted("environment"));
    }

    @Test
    void noPasswordStandsInAValueOrAConfigMap() throws IOException {
        List<String> secrets = documents(render(both).said(), "Secret");
        assertThat(secrets).hasSize(3);
        List<String> generated = secrets.stream()
                .flatMap(String::lines)
                .filter(line -> line.matches(" {2}[a-z-]+: [A-Za-z0-9+/=]{50,}"))
                .map(line -> line.substring(line.indexOf(": ") + 2))
                .toList();
        assertThat(generated).hasSize(9).doesNotHaveDuplicates();
        assertThat(Files.readString(Path.of(helm.chart(), "values.yaml"))).doesNotContain("password: \"");
        assertThat(Files.readAllLines(Path.of(helm.chart(), "values.yaml"))).hasSizeLessThan(300);
    }

    @Test
    void whatTheCompanyHasIsNotInstalledAndReachedByItsPortAndAddresses() throws IOException {
        String rendered = render(external).said();
        assertThat(rendered)
                .contains("jdbc:postgresql://db.example.com:5432/cytoplane?sslmode=require")
                .contains(
                        "{secretKeyRef: {name: database, key: owner}}",
                        "{secretKeyRef: {name: client, key: control-plane}}")
                .contains("port: 8443}", "cidr: 192.0.2.0/24")
                .doesNotContain("cytoplane-postgresql", "cytoplane-keycloak", "cytoplane-data-plane");
        assertThat(documents(rendered, "Secret")).isEmpty();
    }

    @Test
    void theDatabasesCertificateIsCheckedAgainstTheAuthorityThatIsGiven() throws IOException {
        String value = "postgresql.certificateAuthority=-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n";
        assertThat(render(external, "--set", value).said())
                .contains("5432/cytoplane?sslrootcert=/postgresql/ca.crt&sslmode=verify-full\"")
                .contains("{name: postgresql, mountPath: /postgresql, readOnly: true}")
                .contains("{name: postgresql, configMap: {name: cytoplane-postgresql-authority}}");
        assertThat(render(external, "--set", value, "--set", "postgresql.parameters=sslmode=verify-ca")
                        .said())
                .contains("5432/cytoplane?sslrootcert=/postgresql/ca.crt&sslmode=verify-ca\"");
    }

    @Test
    void soIsKeycloaksByTheControlPlaneWhichTellsItToTheGateways() throws IOException {
        String pem = "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n";
        String value = "keycloak.certificateAuthority=" + pem;
        assertThat(render(external, "--set", value).said())
                .contains("{name: CYTOPLANE_OIDC_CERTIFICATEAUTHORITY, value: \"" + pem.replace("\n", "\\n") + "\"}");
        assertThat(render(external, "--set", value, "--set", "keycloak.url=http://sign-in.example.com")
                        .said())
                .contains("keycloak.certificateAuthority is for a keycloak.url that begins with https://");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "controlPlane.replicas=2 | additional properties 'replicas' not allowed",
                "postgres.inCluster=true | additional properties 'postgres' not allowed",
                "controlPlane.publicUrl= | at '/controlPlane/publicUrl': minLength",
                "controlPlane.publicUrl=platform.example.com | at '/controlPlane/publicUrl'",
                "controlPlane.publicUrl=https://platform.example.com/ | at '/controlPlane/publicUrl'",
                "controlPlane.link.service=Gateway | at '/controlPlane/link/service'",
                "controlPlane.link.service=NodePort | controlPlane.link.url: say how data planes reach the link",
                "controlPlane.image.tag= | controlPlane.image.tag or controlPlane.image.digest",
                "controlPlane.storage.size=20 | at '/controlPlane/storage/size'",
                "controlPlane.maxUnavailable=2 | at '/controlPlane/maxUnavailable'",
                "controlPlane.enabled=false | postgresql.inCluster and keycloak.inCluster are for a control plane",
                "postgresql.host=db.example.com | set one of the two",
                "postgresql.image= | at '/postgresql/image': minLength",
                "postgresql.parameters=sslmode=disable | postgresql.parameters are for a PostgreSQL of yours",
                "postgresql.certificateAuthority=ca.pem | at '/postgresql/certificateAuthority'",
                "postgresql.inCluster=false | there is no database",
                "keycloak.inCluster=false | keycloak.existingSecret",
                "keycloak.realm=other | keycloak.realm",
                "keycloak.certificateAuthority=ca.pem | at '/keycloak/certificateAuthority'",
                "keycloak.url= | at '/keycloak/url': minLength",
                "dataPlane.domain= | dataPlane.domain: say which domain",
                "dataPlane.link.caFingerprint=sha256:0 | at '/dataPlane/link/caFingerprint'",
                "cells.imageRepository= | at '/cells/imageRepository': minLength",
                "cells.gatewaySharing=organization | at '/cells/gatewaySharing'",
                "cells.registry.username=push | cells.registry.existingSecret"
            })
    void whatDoesNotGoTogetherIsSaid(String value, String said) throws IOException {
        Helm.Result refused = render(both, "--set", value);
        assertThat(refused.status()).as(refused.said()).isNotZero();
        assertThat(refused.said()).contains(said);
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() throws IOException {
        Helm.Result refused = render(
                both, "--set", "postgresql.host=x", "--set", "keycloak.realm=other", "--set", "dataPlane.domain=");
        assertThat(refused.status()).isNotZero();
        assertThat(refused.said()).contains("postgresql.host", "keycloak.realm", "dataPlane.domain");
    }

    private Helm.Result render(Path values, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("template", "cytoplane", helm.chart(), "--kube-version=1.34.0", "--values", values.toString()));
        arguments.addAll(Arrays.asList(more));
        return helm.run(arguments.toArray(String[]::new));
    }

    private static List<String> documents(String rendered, String kind) {
        return Arrays.stream(rendered.split("\n---\n"))
                .filter(document -> document.lines().anyMatch(line -> line.equals("kind: " + kind)))
                .toList();
    }
}
