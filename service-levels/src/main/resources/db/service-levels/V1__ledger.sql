-- What every source claimed of a component, and for how long it may be believed.
-- Times are milliseconds since 1970 UTC. Claims of one source never overlap; between two of
-- them the source said nothing.
create table service_level_claims (
  component varchar not null,
  source varchar not null,
  begins bigint not null,
  measured bigint not null, -- when the newest measurement behind it was made
  ends bigint not null,     -- the first moment at which it is not believed any more
  says varchar not null,    -- UP, DOWN, UNKNOWN
  detail varchar not null,
  primary key (component, source, begins)
);

-- Stretches whose condition a later measurement changed. Never updated, never deleted.
create table service_level_amendments (
  component varchar not null,
  source varchar not null,
  amended_at bigint not null,
  begins bigint not null,
  ends bigint not null,
  was varchar not null,
  becomes varchar not null,
  detail varchar not null
);
create index service_level_amendments_of on service_level_amendments (component, amended_at);
