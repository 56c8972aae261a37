-- What happened in a project or to one of its components, the newest first.
create index events_of_projects on events (organization_id, split_part(subject, '/', 2), sequence);
