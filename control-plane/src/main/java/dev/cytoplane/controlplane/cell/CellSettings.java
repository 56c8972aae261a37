package dev.cytoplane.controlplane.cell;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.controlplane.PlatformSettings;
import dev.cytoplane.controlplane.access.OidcSettings;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What every cell of the platform has in common. */
@Component
class CellSettings {

    private final String trustDomain;
    private final Cell.TokenIssuer tokenIssuer;

    CellSettings(
            PlatformSettings platform,
            OidcSettings oidc,
            @Value("${cytoplane.cells.audience:cytoplane-cells}") String audience) {
        trustDomain = platform.trustDomain();
        tokenIssuer =
                new Cell.TokenIssuer(oidc.issuer(), oidc.publicKeys(), List.of(audience), oidc.certificateAuthority());
    }

    CellPlace place(CellSources.Place place) {
        return new CellPlace(
                trustDomain, place.domain(), place.organization(), place.environment(), place.project(), tokenIssuer);
    }
}
