package dev.cytoplane.controlplane.access;

import dev.cytoplane.controlplane.page.Columns;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What a caller is a member of, by name. */
@Repository
class MyOrganizations {

    private static final int LIMIT = 200;

    private final JdbcClient jdbc;
    private final Tenancy tenancy;

    MyOrganizations(JdbcClient jdbc, Tenancy tenancy) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
    }

    /** @param roles the role in the organization itself; empty for a member of some of its projects only */
    record MyOrganization(String name, List<Role> roles) {}

    @Transactional(readOnly = true)
    public List<MyOrganization> of(Caller caller) {
        record Key(UUID id, String name) {}
        return tenancy.asPlatform(() -> {
            Map<Key, List<Grants.Binding>> bindings = new LinkedHashMap<>();
            jdbc.sql("""
                    select b.organization_id, o.name, b.project_id, b.role, b.effect from role_bindings b
                    join organizations o on o.id = b.organization_id where b.subject = ? order by o.name""").param(caller.subject()).query(row -> {
                var key = new Key(Columns.uuid(row, "organization_id"), row.getString("name"));
                bindings.computeIfAbsent(key, it -> new ArrayList<>()).add(Owners.binding(row));
            });
            return bindings.entrySet().stream()
                    .filter(it -> new Grants(it.getValue()).isMember())
                    .limit(LIMIT)
                    .map(it -> new MyOrganization(
                            it.getKey().name(),
                            new Grants(it.getValue()).inOrganization().stream().toList()))
                    .toList();
        });
    }
}
