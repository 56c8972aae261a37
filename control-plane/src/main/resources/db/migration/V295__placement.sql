-- A project whose cell of an environment runs on another data plane than the environment's other cells. The environment says
-- where a cell runs that has no row here.
create table placements (
    organization_id uuid not null,
    environment_id  uuid not null,
    project_id      uuid not null,
    data_plane      name_label not null,
    created_at      timestamptz not null default now(),
    primary key (environment_id, project_id),
    foreign key (organization_id, environment_id) references environments (organization_id, id) on delete cascade,
    foreign key (organization_id, project_id) references projects (organization_id, id) on delete cascade
);
create index on placements (data_plane);
create index on placements (organization_id, project_id);
call protect_tenant_table('placements');
