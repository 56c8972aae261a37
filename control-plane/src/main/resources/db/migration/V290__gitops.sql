-- GitOps: the Git repository that an environment's cells are written to, and what was found in it.

create table environment_deliveries (
    environment_id  uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    url             text not null,
    branch          text not null,
    directory       text not null,
    -- Sealed by secret.Vault with the context environment/<environment id>/delivery.
    credentials     bytea,
    -- link: the data plane applies what it is told; git: what is in the repository is brought by somebody else.
    mode            text not null check (mode in ('link', 'git')),
    -- What happens to a file that somebody else changed.
    on_drift        text not null check (on_drift in ('keep', 'heal')),
    version         bigint not null default 1,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),

    -- When it is looked at next; infinity while it is.
    next_look_at    timestamptz not null default now(),
    -- Looks that failed, one after the other.
    attempts        int not null default 0,
    last_error      text,
    -- The last look that succeeded, and the branch's tip then.
    looked_at       timestamptz,
    tip             text,
    lease_owner     text,
    lease_until     timestamptz,
    check ((lease_owner is null) = (lease_until is null)),
    foreign key (organization_id, environment_id) references environments (organization_id, id) on delete cascade
);
-- Two environments would overwrite each other's files.
create unique index environment_deliveries_place on environment_deliveries (organization_id, url, branch, directory);
-- At most one writer of a repository.
create unique index environment_deliveries_writer on environment_deliveries (url) where lease_owner is not null;
create index on environment_deliveries (next_look_at);
call protect_tenant_table('environment_deliveries');

-- The files of an environment's cells, as the platform wrote and last found them.
create table delivered_files (
    organization_id uuid not null references organizations on delete cascade,
    environment_id  uuid not null references environment_deliveries on delete cascade,
    -- The name is the file's; the id says who may see it, and may be that of a project that is gone.
    project         name_label not null,
    project_id      uuid not null,
    -- Content addresses of what was written last, and of what is being pushed: a crash may hide whether it arrived.
    written_hash    text,
    pushing_hash    text,
    written_version bigint,
    written_commit  text,
    -- What the last look found; without a commit there is no file, and never was one.
    state           text not null check (state in ('IN_SYNC', 'PENDING', 'DRIFTED')),
    found_hash      text,
    found_version   bigint,
    found_commit    text,
    found_author    text,
    found_at        timestamptz,
    differences     jsonb not null default '[]',
    -- The content that may be overwritten although somebody else put it there.
    heal_hash       text,
    primary key (environment_id, project)
);
call protect_tenant_table('delivered_files');
