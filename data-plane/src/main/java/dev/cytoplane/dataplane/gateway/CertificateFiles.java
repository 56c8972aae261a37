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

    private final Path folder;
    private final CellCertificates certificates;
    private final Clock clock;
    private final Map<String, Held> held = new HashMap<>();

    CertificateFiles(Path gatewayFolder, CellCertificates certificates, Clock clock) {
        this.folder = StateFiles.folder(gatewayFolder.resolve(FOLDER));
        this.certificates = certificates;
        this.clock = clock;
    }

    /** The cell's certificate, a new one when half the life of the old one is over. */
    Names of(Cell cell) {
        String name = cell.metadata().name();
        String identity = cell.spec().identity();
        String host = cell.spec().host();
        Held current = held.get(name);
        if (current == null
                || current.certificate().due(clock.instant())
                || !current.identity().equals(identity)
                || !current.host().equals(host)) {
            CellCertificate issued = certificates.issue(identity, host);
            String stem = name + "-" + mark(issued);
            Names names = new Names(FOLDER + "/" + stem + ".pem", FOLDER + "/" + stem + ".key");
            StateFiles.write(folder.resolve(stem + ".pem"), issued.chain().getBytes(StandardCharsets.US_ASCII));
            StateFiles.write(folder.resolve(stem + ".key"), issued.key().getBytes(StandardCharsets.US_ASCII));
            current = new Held(issued, identity, host, names);
            held.put(name, current);
        }
        return current.names();
    }

    private static String mark(CellCertificate certificate) {
        String digest = ContractJson.sha256(certificate.chain().getBytes(StandardCharsets.US_ASCII));
        return digest.substring("sha256:".length(), "sha256:".length() + 12);
    }

    /** Deletes the files of cells that are gone and of certificates that were replaced. */
    void prune(Set<String> cells) {
        held.keySet().retainAll(cells);
        Set<String> needed = new HashSet<>();
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
