package dev.cytoplane.controlplane.api;

import static org.assertj.core.api.Assertions.assertThat;

/** An organization of one test's own. */
record Organization(Client owner, String name) {

    static Organization create(Client owner) {
        String name = Names.unique();
        var created = owner.post("/api/v1/organizations", "{\"name\": \"%s\"}".formatted(name));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return new Organization(owner, name);
    }

    String path() {
        return "/api/v1/organizations/" + name;
    }

    /** @return the project's path */
    String project(String project) {
        var created = owner.post(path() + "/projects", "{\"name\": \"%s\"}".formatted(project));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return path() + "/projects/" + project;
    }

    /** @return the role binding's id */
    String member(String username, String role) {
        return bind("{\"username\": \"%s\", \"role\": \"%s\"}".formatted(username, role));
    }

    String bind(String body) {
        var added = owner.post(path() + "/members", body);
        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        return added.text("/id");
    }
}
