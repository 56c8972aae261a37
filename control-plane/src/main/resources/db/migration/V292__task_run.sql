-- Runs of tasks: what was ordered or started by a schedule, and what became of it.

alter table components drop constraint components_type_check;
alter table components add constraint components_type_check
    check (type in ('service', 'web-application', 'worker', 'scheduled-task', 'manual-task'));

create table task_runs (
    id               uuid primary key,
    organization_id  uuid not null references organizations on delete cascade,
    project_id       uuid not null,
    component_id     uuid not null,
    environment_id   uuid not null,
    -- What it runs; known when its data plane has begun.
    release_id       text,
    status           text not null check (status in ('PENDING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    message          text not null,
    arguments        jsonb not null default '[]',
    -- When the schedule wanted it; null when somebody ordered it.
    scheduled_for    timestamptz,
    instance         text,
    attempts         integer not null default 0,
    exit_code        integer,
    requested_by     text not null,
    -- Its data plane has named it.
    taken_up         boolean not null default false,
    cancel_requested boolean not null default false,
    version          bigint not null default 1,
    created_at       timestamptz not null default now(),
    started_at       timestamptz,
    ended_at         timestamptz,
    check ((status in ('PENDING', 'RUNNING')) = (ended_at is null)),
    foreign key (organization_id, component_id) references components (organization_id, id) on delete cascade,
    foreign key (organization_id, environment_id) references environments (organization_id, id) on delete cascade
);
create index on task_runs (component_id, environment_id, created_at);
create index on task_runs (environment_id);
create index task_runs_under_way on task_runs (project_id, environment_id) where ended_at is null;
create index task_runs_to_be_told on task_runs (created_at) where ended_at is null and (not taken_up or cancel_requested);
call protect_tenant_table('task_runs');
