-- Compiled cells, their versions, and what data planes say of them.
-- A cell's row outlives its project, environment and organization, so that its data plane hears that it is gone: there
-- are no foreign keys to them.

create table cells (
    id              uuid primary key,
    organization_id uuid not null,
    project_id      uuid not null,
    environment_id  uuid not null,
    -- project.environment.organization
    name            text not null unique,
    data_plane      name_label not null,
    version         bigint not null,
    content_hash    text not null,
    -- The platform's revision at which it last changed; see the table link_revision.
    revision        bigint not null,
    -- Null: it is gone, and data planes are told so.
    document        jsonb,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    unique (project_id, environment_id),
    unique (organization_id, id)
);
create index on cells (data_plane, revision);
create index on cells (organization_id, environment_id);
call protect_tenant_table('cells');

create table cell_versions (
    organization_id uuid not null references organizations on delete cascade,
    cell_id         uuid not null references cells on delete cascade,
    version         bigint not null check (version > 0),
    content_hash    text not null,
    document        jsonb not null,
    created_at      timestamptz not null default now(),
    primary key (cell_id, version)
);
call protect_tenant_table('cell_versions');

-- The endpoints of other cells that a cell's components have declared connections to.
create table cell_needs (
    organization_id  uuid not null references organizations on delete cascade,
    environment_id   uuid not null,
    project_id       uuid not null,
    target_project   text not null,
    target_component text not null,
    target_endpoint  text not null,
    primary key (environment_id, project_id, target_project, target_component, target_endpoint)
);
create index on cell_needs (environment_id, target_project);
call protect_tenant_table('cell_needs');

create table cell_statuses (
    organization_id  uuid not null references organizations on delete cascade,
    cell_id          uuid primary key references cells on delete cascade,
    observed_version bigint,
    status           jsonb not null,
    received_at      timestamptz not null
);
call protect_tenant_table('cell_statuses');

-- The platform's revision. Who changes a cell locks this row until the commit: revisions are in the order of commits,
-- so that a watcher at revision N has seen everything before N.
create table link_revision (
    only_row boolean primary key default true check (only_row),
    value    bigint not null
);
insert into link_revision (value) values (0);
