package dev.cytoplane.controlplane.cell;

import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.controlplane.PlatformSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What every cell of the platform has in common. */
@Component
class CellSettings {

    private final String trustDomain;
    private final Cell.@Nullable TokenIssuer tokenIssuer;

    CellSettings(
            PlatformSettings platform,
            @Value("${cytoplane.oidc.issuer:}") String issuer,
            @Value("${cytoplane.cells.audience:cytoplane-cells}") String audience) {
        trustDomain = platform.trustDomain();
        tokenIssuer = issuer.isEmpty()
                ? null
                : new Cell.TokenIssuer(issuer, issuer + "/protocol/openid-connect/certs", List.of(audience));
    }

    CellPlace place(CellSources.Place place) {
        return new CellPlace(
                trustDomain, place.domain(), place.organization(), place.environment(), place.project(), tokenIssuer);
    }
}
