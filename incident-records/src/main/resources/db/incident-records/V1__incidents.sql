-- Incidents and everything that was said about them. Times are milliseconds since 1970 UTC.
create table incidents (
  id varchar primary key,          -- 20260302-1
  opened_day integer not null,     -- 20260302, in the operator's zone
  day_number integer not null,
  title_ja varchar not null,
  title_en varchar not null,
  impact varchar not null,
  stage varchar not null,
  by_person boolean not null,      -- declared or reopened by a person: only a person ends it
  started_at bigint not null,
  recovered_at bigint,             -- when its last alert ended, while none fires
  resolved_at bigint,
  unique (opened_day, day_number)
);

create table incident_components (
  incident varchar not null references incidents (id),
  place integer not null,
  component varchar not null,
  primary key (incident, place)
);
create index incident_components_by_component on incident_components (component);

-- Which alert belongs to which incident. An alert is told at least once: the key is what makes
-- the second time harmless.
create table incident_alerts (
  fingerprint varchar not null,
  active_at bigint not null,
  incident varchar not null references incidents (id),
  alertname varchar not null,
  severity varchar not null,
  resolved_at bigint,              -- absent while it fires
  primary key (fingerprint, active_at)
);
create index incident_alerts_of on incident_alerts (incident);

create table incident_updates (
  incident varchar not null references incidents (id),
  n integer not null,              -- the N of 第N報
  stage varchar not null,
  ja varchar not null,
  en varchar not null,
  published_at bigint not null,
  author varchar not null,         -- empty: this program
  primary key (incident, n)
);

-- What happened, for those inside. Rows are added, never changed.
create table incident_timeline (
  seq ${serial},
  incident varchar not null references incidents (id),
  happened_at bigint not null,
  kind varchar not null,
  who varchar not null,            -- empty: this program
  body varchar not null
);
create index incident_timeline_of on incident_timeline (incident, happened_at, seq);

-- Every version of every post-mortem, and which of them were published.
create table incident_postmortems (
  incident varchar not null references incidents (id),
  version integer not null,
  ja varchar not null,
  en varchar not null,
  author varchar not null,
  written_at bigint not null,
  primary key (incident, version)
);
create table incident_publications (
  seq ${serial},
  incident varchar not null references incidents (id),
  version integer not null,
  author varchar not null,
  published_at bigint not null
);
create index incident_publications_of on incident_publications (incident, seq);
