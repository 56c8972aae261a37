-- Which deployment a build led to. A release alone does not tell: builds of equal inputs share one, and it may be
-- deployed to other environments meanwhile, or again.

create table built_deployments (
    build_id        uuid primary key references builds on delete cascade,
    organization_id uuid not null references organizations on delete cascade,
    deployment_id   uuid not null references deployments on delete cascade
);
create index on built_deployments (deployment_id);
call protect_tenant_table('built_deployments');
