package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.dataplane.identity.CellCertificate;
import dev.cytoplane.dataplane.identity.CellCertificates;
import dev.cytoplane.dataplane.identity.Identity;
import dev.cytoplane.dataplane.identity.Sealing;

/** The authority that the control plane lent this data plane when it joined. */
public record EnrolledAuthority(Identity identity, CellCertificates certificates, Sealing sealing)
        implements CellAuthority {

    @Override
    public CellCertificate issue(String spiffeId, String host) {
        return certificates.issue(spiffeId, host);
    }

    @Override
    public String trustBundle() {
        return identity.trustBundle();
    }

    @Override
    public String open(String cell, String component, String variable, String ciphertext) {
        return sealing.open(cell, component, variable, ciphertext);
    }
}
