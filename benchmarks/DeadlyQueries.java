import java.util.ArrayList;
import java.util.List;

/// Questions that have brought such servers down, by the reports of their users: expressions that
/// overflow a parser's stack, regular expressions that take exponential time or memory, questions
/// for everything at once, and times that overflow arithmetic.
final class DeadlyQueries {
  private static final String ALL = "{__name__=~\".+\"}";

  private DeadlyQueries() {}

  /// @param form as it is posted
  /// @param expected what has to become of it
  record Deadly(String name, String path, String form, Fate expected) {}

  /// What a server that lives on does with them.
  enum Fate {
    /// 4xx, at once.
    REFUSED,
    /// An answer, or the name of the limit that was in its way.
    BOUNDED
  }

  /// @param end of the data, seconds since the epoch
  static List<Deadly> all(long end) {
    List<Deadly> all = new ArrayList<>();
    shapes(all);
    patterns(all);
    masses(all, end);
    times(all);
    return all;
  }

  private static void shapes(List<Deadly> all) {
    refused(all, "100,000 brackets", "(".repeat(100_000) + "1" + ")".repeat(100_000));
    refused(all, "1,000 brackets", "(".repeat(1000) + "1" + ")".repeat(1000));
    refused(all, "100,000 minus signs", "-".repeat(100_000) + "1");
    refused(all, "1+1+1… of 200 KB", "1" + "+1".repeat(100_000));
    refused(
        all, "comparisons inside one another", "up>bool(".repeat(1500) + "1" + ")".repeat(1500));
    refused(
        all,
        "subqueries inside one another",
        "max_over_time(".repeat(150) + "up" + "[1h:1m])".repeat(150));
  }

  private static void patterns(List<Deadly> all) {
    refused(all, "(.*a){2000}", "{instance=~\"(.*a){2000}\"}");
    bounded(all, ".*a.{300}", "{instance=~\".*a.{300}\"}");
    bounded(all, "(h+)+$", "count({instance=~\"(h+)+$\"})");
    bounded(all, "(?:o|o)*z", "count({instance=~\".*(?:o|o)*z\"})");
    bounded(all, "[^ab]{500}", "count({instance=~\"[^ab]{500}\"})");
    bounded(
        all,
        "a pattern in label_replace",
        "count(label_replace(" + ALL + ", \"x\", \"$99\", \"instance\", \"((.*)*)*\"))");
    String logs = "/loki/api/v1/query_range";
    all.add(log("log lines by (.*a){2000}", logs, "(.*a){2000}"));
    all.add(log("log lines by .*a.{30}", logs, ".*a.{30}"));
  }

  private static Deadly log(String name, String path, String pattern) {
    String query = Questions.encoded("{job=~\".+\"} |~ \"" + pattern + "\"");
    return new Deadly(name, path, "query=" + query, Fate.BOUNDED);
  }

  private static void masses(List<Deadly> all, long end) {
    all.add(range("30 d of all at 1 s", ALL, end, new Steps(30 * 86_400, "1"), Fate.REFUSED));
    all.add(range("3 h of all at 1 s", ALL, end, new Steps(10_800, "1"), Fate.BOUNDED));
    all.add(
        range(
            "3 h of rates over days",
            "sum(rate(node_cpu_seconds_total[7d]))",
            end,
            new Steps(10_800, "1"),
            Fate.BOUNDED));
    all.add(
        range(
            "3 h of subqueries",
            "quantile_over_time(0.9, node_cpu_seconds_total[1h:1s])",
            end,
            new Steps(10_800, "10"),
            Fate.BOUNDED));
    bounded(all, "all raw samples of a week", ALL + "[1w]");
    bounded(all, "a group for every value", "count_values(\"v\", " + ALL + ")");
    bounded(all, "all, sorted", "sort(" + ALL + ")");
    bounded(all, "all, a thousand times", "topk(1e9, " + ALL + ")");
    bounded(
        all,
        "many to many",
        "node_cpu_seconds_total * on (job) group_left (mode) node_filesystem_files");
    bounded(all, "all with all", ALL + " or ignoring (instance) " + ALL);
  }

  private static void times(List<Deadly> all) {
    bounded(all, "[99999999999d]", "rate(up[99999999999d])");
    bounded(all, "offset -1e9y", "up offset -1000000000y");
    bounded(all, "@ 9e18", "up @ 9e18");
    all.add(range("step 0", "up", 0, new Steps(60, "0"), Fate.REFUSED));
    all.add(range("step 1e-9", "up", 0, new Steps(60, "1e-9"), Fate.REFUSED));
    all.add(timed("start -1e308", "start=-1e308&end=0&step=15"));
    all.add(timed("end NaN", "start=0&end=NaN&step=15"));
    all.add(timed("end before start", "start=100&end=0&step=15"));
  }

  private static Deadly timed(String name, String times) {
    return new Deadly(name, "/api/v1/query_range", "query=up&" + times, Fate.REFUSED);
  }

  /// @param seconds how far back
  private record Steps(int seconds, String step) {}

  private static Deadly range(String name, String query, long end, Steps steps, Fate fate) {
    String form =
        "query="
            + Questions.encoded(query)
            + "&start="
            + (end - steps.seconds())
            + "&end="
            + end
            + "&step="
            + steps.step();
    return new Deadly(name, "/api/v1/query_range", form, fate);
  }

  private static void refused(List<Deadly> all, String name, String query) {
    all.add(new Deadly(name, "/api/v1/query", "query=" + Questions.encoded(query), Fate.REFUSED));
  }

  private static void bounded(List<Deadly> all, String name, String query) {
    all.add(new Deadly(name, "/api/v1/query", "query=" + Questions.encoded(query), Fate.BOUNDED));
  }
}
