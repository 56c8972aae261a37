-- How people operate a component in an environment: carried from each deployment to the one that takes its place.

alter table deployments
    -- How many instances run; null for as many as the descriptor says.
    add column replicas int check (replicas between 1 and 20),
    -- How often new instances were asked for.
    add column restart bigint not null default 0 check (restart >= 0);

alter table deployments drop constraint deployments_kind_check;
alter table deployments add constraint deployments_kind_check
    check (kind in ('DEPLOY', 'PROMOTE', 'ROLLBACK', 'CONFIGURATION', 'RESTART', 'SCALE', 'UNDEPLOY'));
