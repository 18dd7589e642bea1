package hinomi.alertengine.storm;

import java.time.Instant;

/// A group that is told in the summaries of a storm.
///
/// @param storm id
/// @param group id
/// @param at of the last message that went into it
/// @param round of the group's climb then
/// @param summary the first that told of this round; 0 when none has
/// @param told whether a summary has told what it is now
/// @param alerts that fired then
public record Bundled(
    String storm,
    String group,
    String cause,
    Instant at,
    int round,
    int summary,
    boolean told,
    int alerts) {
  String place() {
    return storm + "/" + group;
  }

  Bundled toldIn(int number, int firing) {
    return new Bundled(
        storm, group, cause, at, round, summary == 0 ? number : summary, true, firing);
  }
}
