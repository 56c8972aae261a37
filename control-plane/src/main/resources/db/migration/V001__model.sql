-- The model: organizations, projects, components, environments, pipelines.
-- The owner of the schema runs this. The application's role only reads and writes rows, and row-level security
-- shows it those of the organization that the transaction names (see the package tenancy).

create domain name_label as text
    check (value ~ '^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$');

-- What policies ask: the rows of the named organization, every row for the platform's own work, else none.
create function tenant_visible(organization uuid) returns boolean
    language sql stable parallel safe
    return current_setting('cytoplane.organization', true) = '*'
        or organization::text = current_setting('cytoplane.organization', true);

-- Every tenant's table gets the same protection, in one word.
create procedure protect_tenant_table(name regclass, organization_column name default 'organization_id')
    language plpgsql as $$
begin
    execute format('alter table %s enable row level security', name);
    execute format('alter table %s force row level security', name);
    execute format('create policy tenant on %s using (tenant_visible(%I)) with check (tenant_visible(%I))',
        name, organization_column, organization_column);
end $$;

create table organizations (
    id           uuid primary key,
    name         name_label not null unique,
    display_name text not null check (length(display_name) between 1 and 200),
    version      bigint not null default 1,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now()
);
call protect_tenant_table('organizations', 'id');

create table environments (
    id              uuid primary key,
    organization_id uuid not null references organizations,
    name            name_label not null,
    data_plane      name_label not null,
    production      boolean not null default false,
    version         bigint not null default 1,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    unique (organization_id, name),
    unique (organization_id, id)
);
create index on environments (data_plane);
call protect_tenant_table('environments');

create table pipelines (
    id              uuid primary key,
    organization_id uuid not null references organizations,
    name            name_label not null,
    version         bigint not null default 1,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    unique (organization_id, name),
    unique (organization_id, id)
);
call protect_tenant_table('pipelines');

-- The order of promotion: position 0 is deployed to first.
create table pipeline_stages (
    organization_id uuid not null references organizations,
    pipeline_id     uuid not null,
    position        int not null check (position between 0 and 19),
    environment_id  uuid not null,
    primary key (pipeline_id, position),
    unique (pipeline_id, environment_id),
    foreign key (organization_id, pipeline_id) references pipelines (organization_id, id) on delete cascade,
    foreign key (organization_id, environment_id) references environments (organization_id, id)
);
create index on pipeline_stages (environment_id);
call protect_tenant_table('pipeline_stages');

create table projects (
    id              uuid primary key,
    organization_id uuid not null references organizations,
    name            name_label not null,
    display_name    text not null check (length(display_name) between 1 and 200),
    description     text not null default '' check (length(description) <= 2000),
    pipeline_id     uuid not null,
    version         bigint not null default 1,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    unique (organization_id, name),
    unique (organization_id, id),
    foreign key (organization_id, pipeline_id) references pipelines (organization_id, id)
);
create index on projects (pipeline_id);
call protect_tenant_table('projects');

create table components (
    id                 uuid primary key,
    organization_id    uuid not null references organizations,
    project_id         uuid not null,
    name               name_label not null,
    display_name       text not null check (length(display_name) between 1 and 200),
    -- What the source says when it is left out.
    type               text check (type in ('service', 'web-application', 'worker')),
    source_kind        text not null check (source_kind in ('platform', 'git')),
    source_url         text check (length(source_url) <= 2000),
    source_branch      text not null default 'main' check (length(source_branch) between 1 and 200),
    source_directory   text not null default '.' check (length(source_directory) between 1 and 500),
    -- Sealed by secret.Vault with the context component/<id>/source.
    source_credentials bytea,
    auto_deploy        boolean not null default true,
    version            bigint not null default 1,
    created_at         timestamptz not null default now(),
    updated_at         timestamptz not null default now(),
    unique (project_id, name),
    unique (organization_id, id),
    foreign key (organization_id, project_id) references projects (organization_id, id),
    check ((source_kind = 'git') = (source_url is not null)),
    check (source_kind = 'git' or source_credentials is null)
);
create index on components (organization_id, project_id);
call protect_tenant_table('components');
