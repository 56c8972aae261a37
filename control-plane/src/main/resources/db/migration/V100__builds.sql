-- Builds, and at the same time the queue they wait in: there is no second place that could say something else.

create table builds (
    id               uuid primary key,
    organization_id  uuid not null references organizations,
    component_id     uuid not null,
    status           text not null check (status in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    commit_id        text check (commit_id ~ '^[0-9a-f]{40}$'),
    branch           text check (length(branch) between 1 and 200),
    trigger          text not null check (trigger in ('PUSH', 'UPLOAD', 'WEBHOOK', 'MANUAL')),
    force            boolean not null default false,
    builder          text,
    attempt          int not null default 0,
    stages           jsonb not null default '[]',
    error            text,
    release_id       text,
    created_by       text not null,
    cancel_requested boolean not null default false,
    -- Which control plane works on it, and until when nobody else may.
    lease_owner      text,
    lease_until      timestamptz,
    created_at       timestamptz not null default clock_timestamp(),
    updated_at       timestamptz not null default clock_timestamp(),
    started_at       timestamptz,
    finished_at      timestamptz,
    version          bigint not null default 1,
    foreign key (organization_id, component_id) references components (organization_id, id) on delete cascade,
    check (commit_id is not null or branch is not null),
    check ((status = 'RUNNING') = (lease_owner is not null)),
    check ((status in ('SUCCEEDED', 'FAILED', 'CANCELLED')) = (finished_at is not null)),
    check (status <> 'SUCCEEDED' or release_id is not null),
    check (status <> 'FAILED' or error is not null)
);
create index on builds (component_id, created_at desc);
create index builds_waiting on builds (created_at) where status = 'QUEUED';
create index builds_leased on builds (lease_until) where status = 'RUNNING';
-- A component's cache is used by one build at a time.
create unique index builds_one_at_a_time on builds (component_id) where status = 'RUNNING';
call protect_tenant_table('builds');
