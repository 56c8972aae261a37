package dev.cytoplane.dataplane.kubernetes.reconcile;

import dev.cytoplane.dataplane.identity.CellCertificate;

/** Who says which cell is which. */
public interface CellAuthority {

    /** @param spiffeId the certificate's only URI name; @param host its only DNS name */
    CellCertificate issue(String spiffeId, String host);

    /** PEM roots that cells believe. */
    String trustBundle();

    /** Opens a secret that was sealed for one variable of one component of one cell. */
    String open(String cell, String component, String variable, String ciphertext);
}
