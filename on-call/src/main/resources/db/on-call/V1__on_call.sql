-- Changes to rosters, and what was done with them. Times are milliseconds since 1970 UTC.
create table oncall_changes (
  id ${serial},
  schedule varchar not null,
  kind varchar not null,           -- override, swap, temporary
  from_at bigint not null,
  to_at bigint not null,
  person varchar not null,         -- who comes in; empty for a temporary roster
  instead_of varchar not null,     -- who goes out; empty: whoever it would be
  return_from bigint not null,     -- what a swap gives in return; 0: nothing
  return_to bigint not null,
  state varchar not null,
  force_order bigint not null,     -- the later wins; 0: never came into force
  version integer not null,
  made_by varchar not null,
  made_at bigint not null,
  reason varchar not null
);

-- Who is on duty under a temporary roster.
create table oncall_turns (
  change bigint not null references oncall_changes (id),
  from_at bigint not null,
  to_at bigint not null,
  person varchar not null,
  primary key (change, from_at)
);

-- Every step of every change. Rows are added, never changed.
create table oncall_entries (
  seq ${serial},
  change bigint not null references oncall_changes (id),
  schedule varchar not null,
  version integer not null,
  action varchar not null,
  who varchar not null,
  at bigint not null,
  reason varchar not null
);
create index oncall_entries_of on oncall_entries (schedule, seq);

-- Secret addresses at which calendars are read. Of the secret only its hash is kept.
create table oncall_feeds (
  id ${serial},
  schedule varchar not null,
  person varchar not null,         -- only this one's duties; empty: all
  secret_hash varchar not null unique,
  made_by varchar not null,
  made_at bigint not null,
  revoked_by varchar not null,     -- empty: good
  revoked_at bigint not null
);

-- When people are away, as their calendars said when they were last read.
create table oncall_leave (
  person varchar not null,
  from_at bigint not null,
  to_at bigint not null,
  summary varchar not null
);
create index oncall_leave_of on oncall_leave (person, from_at);
