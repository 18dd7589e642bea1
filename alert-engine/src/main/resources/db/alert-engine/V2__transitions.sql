-- The transition log, one line a step of an alert: docs/alerting.md, "Backtest".
create table alert_transition (
  seq ${serial},
  happened_at bigint not null,
  line text not null
);
create index alert_transition_at on alert_transition (happened_at, seq);
