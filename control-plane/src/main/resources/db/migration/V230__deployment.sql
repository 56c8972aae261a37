-- Deployments: the history of a component in an environment. Never deleted while the component is there.

create table deployments (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    project_id      uuid not null,
    component_id    uuid not null,
    environment_id  uuid not null,
    release_id      text not null,
    kind            text not null check (kind in ('DEPLOY', 'PROMOTE', 'ROLLBACK', 'CONFIGURATION', 'UNDEPLOY')),
    status          text not null
        check (status in ('PENDING', 'PROGRESSING', 'LIVE', 'FAILED', 'SUPERSEDED', 'REMOVED')),
    message         text not null,
    -- The plain settings it was made with.
    configuration   jsonb not null,
    -- The versions of the secrets it was made with, by name.
    secret_versions jsonb not null,
    -- What the environment should be like: at most one deployment of a component.
    desired         boolean not null,
    -- Whether it ever served: what a rollback goes back to.
    was_live        boolean not null default false,
    cell_version    bigint,
    urls            jsonb not null default '[]',
    previous        uuid references deployments on delete set null,
    created_by      text not null,
    deadline        timestamptz not null,
    version         bigint not null default 1,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    foreign key (organization_id, component_id) references components (organization_id, id) on delete cascade,
    -- An environment that something was deployed to is not deleted: its history would go with it.
    foreign key (organization_id, environment_id) references environments (organization_id, id),
    foreign key (component_id, release_id) references releases (component_id, id) on delete cascade,
    check (kind = 'UNDEPLOY' or status <> 'REMOVED'),
    check (kind <> 'UNDEPLOY' or status <> 'LIVE')
);
create unique index one_desired on deployments (component_id, environment_id) where desired;
create unique index one_live on deployments (component_id, environment_id) where status = 'LIVE';
create index on deployments (component_id, id);
create index on deployments (project_id, environment_id) where desired or status = 'LIVE';
create index on deployments (environment_id);
create index on deployments (previous);
create index under_way on deployments (deadline) where status in ('PENDING', 'PROGRESSING');
call protect_tenant_table('deployments');
