package dev.cytoplane.dataplane.cell;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.dataplane.identity.IdentityException;
import dev.cytoplane.dataplane.identity.Sealing;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Opens sealed secrets, in memory only. */
final class OpenSecrets implements Step {

    private final Sealing sealing;

    OpenSecrets(Sealing sealing) {
        this.sealing = sealing;
    }

    @Override
    public Optional<Duration> take(CellPass pass) {
        Stream.concat(pass.desired.values().stream(), pass.last.values().stream())
                .forEach(candidate -> {
                    try {
                        candidate.secrets = open(pass.name(), candidate.component);
                    } catch (IdentityException e) {
                        candidate.trouble = new CellPass.Trouble(String.valueOf(e.getMessage()), true);
                    }
                });
        return Optional.empty();
    }

    private Map<String, String> open(String cell, Cell.Component component) {
        Map<String, String> opened = new TreeMap<>();
        for (Cell.SealedSecret secret : component.secrets()) {
            opened.put(secret.variable(), sealing.open(cell, component.name(), secret.variable(), secret.ciphertext()));
        }
        return opened;
    }
}
