-- Instances by load, as somebody said for an environment; all null when nobody did. Carried on like the number of instances,
-- which it excludes.

alter table deployments
    add column min_instances int,
    add column max_instances int,
    add column cpu_percent int check (cpu_percent between 1 and 100),
    add column memory_percent int check (memory_percent between 1 and 100);

alter table deployments add constraint deployments_autoscaling_check
    check (case
        when max_instances is null then min_instances is null and cpu_percent is null and memory_percent is null
        else replicas is null and min_instances is not null and min_instances between 1 and max_instances
            and max_instances <= 20 and (cpu_percent is not null or memory_percent is not null)
    end);
