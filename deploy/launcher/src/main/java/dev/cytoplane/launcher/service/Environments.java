package dev.cytoplane.launcher.service;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The few variables of a person's environment that a service may see; nothing else is inherited. */
final class Environments {

    private static final List<String> PASSED = List.of(
            "PATH",
            "HOME",
            "USER",
            "LANG",
            "LC_ALL",
            "TMPDIR",
            "MAVEN_USER_HOME",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "SSL_CERT_FILE",
            "NODE_EXTRA_CA_CERTS",
            "CYTOPLANE_SOURCE_ALLOWEDHOSTS");

    private Environments() {}

    static Map<String, String> basic(Toolchains toolchains) {
        Map<String, String> environment = new HashMap<>();
        for (String name : PASSED) {
            String value = toolchains.environment().get(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        return environment;
    }
}
