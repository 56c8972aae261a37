-- Releases: immutable, named by their content, unique in their component.

create table releases (
    organization_id uuid not null references organizations on delete cascade,
    component_id    uuid not null,
    id              text not null check (id ~ '^r-[0-9a-f]{12}$'),
    -- The whole hash of which the id is the beginning.
    content_hash    text not null check (content_hash ~ '^sha256:[0-9a-f]{64}$'),
    commit          text not null,
    builder         text not null,
    artifact_digest text not null check (artifact_digest ~ '^sha256:[0-9a-f]{64}$'),
    artifact_kind   text not null check (artifact_kind in ('BUNDLE', 'STATIC')),
    artifact_size   bigint not null check (artifact_size >= 0),
    descriptor      jsonb not null,
    schemas         jsonb not null default '{}',
    created_at      timestamptz not null default now(),
    primary key (component_id, id),
    foreign key (organization_id, component_id) references components (organization_id, id) on delete cascade
);
create index on releases (artifact_digest);
call protect_tenant_table('releases');

-- Which inputs of a build are known to give which release.
create table release_inputs (
    organization_id uuid not null references organizations on delete cascade,
    component_id    uuid not null,
    input_key       text not null,
    release_id      text not null,
    created_at      timestamptz not null default now(),
    primary key (component_id, input_key),
    foreign key (component_id, release_id) references releases (component_id, id) on delete cascade
);
create index on release_inputs (component_id, release_id);
call protect_tenant_table('release_inputs');
