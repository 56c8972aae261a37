package dev.cytoplane.dataplane.kubernetes.resource;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.json.ContractJson;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cell that a cluster is to run. Cluster-scoped, so that it can own its namespace. Its name is the cell's:
 * project.environment.organization.
 */
@Group("cytoplane.dev")
@Version("v1alpha1")
@Kind(Cell.KIND)
@Plural("cells")
public class CellResource extends CustomResource<CellSpec, CellResourceStatus> {

    /** The platform's count of the cell's contents; a cell that was applied by hand need not have one. */
    public static final String VERSION = "cytoplane.dev/version";

    private static final long serialVersionUID = 1L;

    @Override
    protected @Nullable CellSpec initSpec() {
        return null;
    }

    @Override
    protected @Nullable CellResourceStatus initStatus() {
        return null;
    }

    /** The document that this resource carries. */
    public Cell cell() {
        String[] names = getMetadata().getName().split("\\.", -1);
        if (names.length != 3) {
            throw new IllegalArgumentException("The name of a cell is project.environment.organization, not "
                    + getMetadata().getName());
        }
        Cell.Spec spec = getSpec().value();
        return new Cell(
                Cell.API_VERSION,
                Cell.KIND,
                new Cell.Metadata(
                        getMetadata().getName(),
                        names[2],
                        names[1],
                        names[0],
                        version(),
                        ContractJson.contentHash(spec)),
                spec);
    }

    private long version() {
        Map<String, String> annotations = getMetadata().getAnnotations();
        String stated = annotations == null ? null : annotations.get(VERSION);
        try {
            return stated == null ? getMetadata().getGeneration() : Long.parseLong(stated);
        } catch (NumberFormatException e) {
            // Somebody's own words.
            return getMetadata().getGeneration();
        }
    }
}
