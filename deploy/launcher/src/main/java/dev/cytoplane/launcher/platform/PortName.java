package dev.cytoplane.launcher.platform;

/** The ports of a platform. Each can be set with a flag of {@code cyto up}, {@code --<flag>}. */
public enum PortName {
    HTTP("http-port", 7080, "public endpoints of cells, without TLS"),
    HTTPS("https-port", 7443, "public endpoints of cells, with TLS"),
    API("api-port", 7400, "the REST API and Git"),
    KEYCLOAK("keycloak-port", 7401, "sign-in"),
    WEBHOOK("webhook-port", 7402, "webhooks of Git providers"),
    LINK("link-port", 7403, "the link of data planes"),
    POSTGRES("postgres-port", 7404, "the database"),
    CONTROL_PLANE_MANAGEMENT("control-plane-management-port", 7405, "health and metrics of the control plane"),
    DATA_PLANE_MANAGEMENT("data-plane-management-port", 7406, "health of the data plane"),
    GATEWAY_MANAGEMENT("gateway-management-port", 7407, "health and metrics of the cell gateway");

    private final String flag;
    private final int preferred;
    private final String purpose;

    PortName(String flag, int preferred, String purpose) {
        this.flag = flag;
        this.preferred = preferred;
        this.purpose = purpose;
    }

    public String flag() {
        return flag;
    }

    int preferred() {
        return preferred;
    }

    public String purpose() {
        return purpose;
    }
}
