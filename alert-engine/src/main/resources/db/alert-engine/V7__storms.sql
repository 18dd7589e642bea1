-- How much each target is told of late, and its storm, if there is one; `lane` is the target and what it
-- is told: its pages or its notices.
create table alert_tide (
  lane varchar(600) primary key,
  ends_at bigint not null, -- of the last message that was to leave
  document text not null
);

-- Groups that were told in the summaries of a storm; `place` is the storm's id and the group's.
create table alert_bundled (
  place varchar(80) primary key,
  ends_at bigint not null, -- of the last message that went into it
  document text not null
);
create index alert_bundled_ends on alert_bundled (ends_at);
