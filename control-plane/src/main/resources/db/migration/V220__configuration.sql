-- Plain settings of a component in an environment.

create table configurations (
    organization_id uuid not null references organizations on delete cascade,
    component_id    uuid not null,
    environment_id  uuid not null,
    entries         jsonb not null check (jsonb_typeof(entries) = 'object'),
    version         bigint not null default 1,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    primary key (component_id, environment_id),
    foreign key (organization_id, component_id) references components (organization_id, id) on delete cascade,
    foreign key (organization_id, environment_id) references environments (organization_id, id) on delete cascade
);
create index on configurations (environment_id);
call protect_tenant_table('configurations');
