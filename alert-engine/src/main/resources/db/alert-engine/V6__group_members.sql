-- The alerts of groups, a row each, so that a change of one in a large group is one small write. `n` is
-- the order in which they came; `member` is the rule's id and the fingerprint.
create table group_member (
  group_id varchar(36) not null,
  n ${serial},
  member varchar(1100) not null,
  document text not null,
  unique (group_id, member)
);
