package dev.cytoplane.controlplane.cell;

import dev.cytoplane.contracts.cell.Cell;
import org.jspecify.annotations.Nullable;

/**
 * Where a cell is, and the names that follow from that.
 *
 * @param domain the data plane's domain
 */
public record CellPlace(
        String trustDomain,
        String domain,
        String organization,
        String environment,
        String project,
        Cell.@Nullable TokenIssuer tokenIssuer) {

    /** The name by which the platform knows the cell. */
    public String name() {
        return nameOf(project);
    }

    public String host() {
        return name() + "." + domain;
    }

    String identity() {
        return identityOf(project);
    }

    /** The name of another cell of the same organization and environment. */
    String nameOf(String otherProject) {
        return otherProject + "." + environment + "." + organization;
    }

    String identityOf(String otherProject) {
        return "spiffe://" + trustDomain + "/" + organization + "/" + environment + "/" + otherProject;
    }
}
