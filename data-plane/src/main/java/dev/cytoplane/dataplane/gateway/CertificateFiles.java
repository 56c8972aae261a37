package dev.cytoplane.dataplane.gateway;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.dataplane.identity.CellCertificate;
import dev.cytoplane.dataplane.identity.CellCertificates;
import dev.cytoplane.dataplane.storage.StateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The certificates of cells as files beside the gateway's configuration. A new certificate gets new file names, so the
 * configuration names exactly the certificate it means. Used by one thread.
 */
final class CertificateFiles {

    private static final String FOLDER = "certificates";

    /** Paths relative to the gateway's folder. */
    record Names(String certificate, String key) {}

    private record Held(CellCertificate certificate, String identity, String host, Names names) {}

    private final Path gatewayFolder;
    private final Path folder;
    private final CellCertificates certificates;
    private final Clock clock;
    private final Map<String, Held> held = new HashMap<>();
    private String roots = "";

    CertificateFiles(Path gatewayFolder, CellCertificates certificates, Clock clock) {
        this.gatewayFolder = gatewayFolder;
        this.folder = StateFiles.folder(gatewayFolder.resolve(FOLDER));
        this.certificates = certificates;
        this.clock = clock;
    }

    /** The roots that cells believe. */
    String trustBundle(String pem) {
        String name = FOLDER + "/roots-" + mark(pem) + ".pem";
        if (!name.equals(roots)) {
            write(name, pem);
            roots = name;
        }
        return name;
    }

    /** The cell's certificate, a new one when half the life of the old one is over. */
    Names of(Cell cell) {
        String name = cell.metadata().name();
        String identity = cell.spec().identity();
        String host = cell.spec().host();
        Held current = held.get(name);
        if (current == null
                || isWorthReplacing(current.certificate())
                || !current.identity().equals(identity)
                || !current.host().equals(host)) {
            CellCertificate issued = certificates.issue(identity, host);
            String stem = FOLDER + "/" + name + "-" + mark(issued.chain());
            Names names = new Names(stem + ".pem", stem + ".key");
            write(names.certificate(), issued.chain());
            write(names.key(), issued.key());
            current = new Held(issued, identity, host, names);
            held.put(name, current);
        }
        return current.names();
    }

    /** Not when a new one would end no later: then the authority itself waits for its renewal. */
    private boolean isWorthReplacing(CellCertificate certificate) {
        return certificate.due(clock.instant()) && certificates.end().isAfter(certificate.notAfter());
    }

    private void write(String name, String pem) {
        StateFiles.write(gatewayFolder.resolve(name), pem.getBytes(StandardCharsets.US_ASCII));
    }

    private static String mark(String pem) {
        return ContractJson.sha256(pem.getBytes(StandardCharsets.US_ASCII))
                .substring("sha256:".length(), "sha256:".length() + 12);
    }

    /** Deletes the files of cells that are gone and of certificates that were replaced. */
    void prune(Set<String> cells) {
        held.keySet().retainAll(cells);
        Set<String> needed = new HashSet<>(Set.of(roots));
        held.values().forEach(current -> {
            needed.add(current.names().certificate());
            needed.add(current.names().key());
        });
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> !needed.contains(FOLDER + "/" + file.getFileName()))
                    .forEach(StateFiles::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
