-- Webhooks: who may tell us of pushes to a component's outside repository, and what they told.

create table webhooks (
    component_id    uuid primary key,
    organization_id uuid not null references organizations,
    provider        text not null check (provider in ('github')),
    -- Sealed by secret.Vault with the context webhook/<component id>.
    secret          bytea not null,
    branches        jsonb not null default '[]',
    paths           jsonb not null default '[]',
    version         bigint not null default 1,
    created_at      timestamptz not null default clock_timestamp(),
    updated_at      timestamptz not null default clock_timestamp(),
    foreign key (organization_id, component_id) references components (organization_id, id) on delete cascade
);
call protect_tenant_table('webhooks');

-- One row for each delivery that was proven. Its number is the sender's, and is taken once.
create table webhook_deliveries (
    id              uuid primary key,
    organization_id uuid not null references organizations,
    component_id    uuid not null,
    delivery        text not null check (length(delivery) between 1 and 100),
    event           text not null,
    action          text,
    outcome         text not null check (outcome in ('BUILD_QUEUED', 'IGNORED', 'PONG')),
    message         text not null,
    build_id        uuid references builds on delete set null,
    created_at      timestamptz not null default clock_timestamp(),
    unique (component_id, delivery),
    foreign key (organization_id, component_id) references components (organization_id, id) on delete cascade
);
create index on webhook_deliveries (component_id, created_at desc);
create index on webhook_deliveries (build_id);
call protect_tenant_table('webhook_deliveries');
