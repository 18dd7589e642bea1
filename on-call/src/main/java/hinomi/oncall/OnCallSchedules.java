package hinomi.oncall;

import hinomi.model.BadInput;
import hinomi.model.Language;
import hinomi.model.Missing;
import hinomi.model.Text;
import hinomi.model.Time;
import hinomi.oncall.answer.Admission;
import hinomi.oncall.answer.OnDuty;
import hinomi.oncall.answer.Timeline;
import hinomi.oncall.change.Change;
import hinomi.oncall.change.Change.Signature;
import hinomi.oncall.change.Change.State;
import hinomi.oncall.change.ChangeTable;
import hinomi.oncall.change.Entry;
import hinomi.oncall.change.Step;
import hinomi.oncall.change.What;
import hinomi.oncall.coverage.Coverage;
import hinomi.oncall.coverage.Difference;
import hinomi.oncall.coverage.Leave;
import hinomi.oncall.ical.Feed;
import hinomi.oncall.ical.FeedTable;
import hinomi.oncall.ical.LeaveReader;
import hinomi.oncall.ical.LeaveTable;
import hinomi.oncall.notice.Notice;
import hinomi.oncall.roster.Roster;
import hinomi.oncall.rotation.Span;
import hinomi.settings.Mistakes;
import hinomi.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who is on duty, and all that can be asked and said about it. Any thread: questions are answered
/// from memory without a lock, changes are made one after the other and are on disk when they are
/// answered.
public final class OnCallSchedules {
  private static final Logger log = LoggerFactory.getLogger(OnCallSchedules.class);
  private static final Duration LEAVE_PAST = Duration.ofDays(30);
  private static final Duration LEAVE_AHEAD = Duration.ofDays(400);

  private final OnCallConfig config;
  private final Time time;
  private final RosterListener listener;
  private final ChangeTable table;
  private final FeedTable feeds;
  private final LeaveTable leaves;
  private final ReentrantLock making = new ReentrantLock();
  private volatile Board board;
  private volatile Instant decidedAt;

  public OnCallSchedules(
      OnCallConfig config, Roster roster, Database database, Time time, RosterListener listener) {
    this.config = config;
    this.time = time;
    this.listener = listener;
    this.table = new ChangeTable(database);
    this.feeds = new FeedTable(database);
    this.leaves = new LeaveTable(database);
    this.board = new Board(roster, table.all());
    this.decidedAt = time.now();
  }

  public Roster roster() {
    return board.roster();
  }

  public Timeline timeline(String schedule) {
    return board.timeline(schedule);
  }

  /// Who is on duty, and why.
  public OnDuty at(String schedule, Instant instant) {
    return board.timeline(schedule).at(instant);
  }

  /// The ids of those on duty: one, or nobody in a gap.
  public List<String> people(String schedule, Instant instant) {
    String person = board.timeline(schedule).dutyAt(instant).person();
    return person.isEmpty() ? List.of() : List.of(person);
  }

  /// The rosters in force are others from now on. Who gets or loses duties by that is told.
  public void replace(Roster roster) {
    List<RosterChange> told = new ArrayList<>();
    making.lock();
    try {
      Board before = board;
      Board after = new Board(roster, before.changes());
      Span ahead = ahead();
      before
          .timelines()
          .forEach((id, timeline) -> {
            Timeline next = after.timelines().get(id);
            if (next != null) {
              Difference difference = Difference.between(timeline, next, ahead);
              told.add(new RosterChange(id, Optional.empty(), difference));
            }
          });
      board = after;
      decidedAt = time.now();
    } finally {
      making.unlock();
    }
    told.forEach(this::tell);
  }

  /// From now, as far as differences are looked at.
  public Span ahead() {
    Instant now = time.now();
    return new Span(now, now.plus(config.horizon()));
  }

  /// What a roster that is not in force would change: the text of a file with `schedules:`, whose
  /// people may be those of the roster in force.
  public Difference preview(String schedule, String file) {
    Board present = board;
    Mistakes mistakes = new Mistakes();
    Roster other = Roster.parse(Map.of("preview", file), present.roster().people(), mistakes);
    if (!mistakes.isEmpty()) {
      List<String> lines = mistakes.all().stream().map(Object::toString).toList();
      throw new BadInput(String.join("\n", lines));
    }
    Timeline next = new Timeline(other.schedule(schedule), present.changes());
    return Difference.between(present.timeline(schedule), next, ahead());
  }

  /// What a change would change, without making it. Of a swap: if all agree.
  public Difference preview(Change wanted) {
    Board present = board;
    Change judged = judged(present, wanted);
    Change asIf =
        new Change(
            Long.MAX_VALUE,
            judged.schedule(),
            judged.span(),
            judged.what(),
            State.IN_FORCE,
            Long.MAX_VALUE,
            1,
            judged.made());
    return difference(present, present.with(asIf), asIf);
  }

  /// Makes a change. An override or a temporary roster is in force when this returns, a swap waits
  /// for the partner.
  public Change make(Change wanted) {
    Change made;
    Difference difference;
    making.lock();
    try {
      Board before = board;
      State state = wanted.what() instanceof What.Swap ? State.PROPOSED : State.IN_FORCE;
      made = table.make(judged(before, wanted), state);
      board = before.with(made);
      decidedAt = made.made().at();
      difference = difference(before, board, made);
    } finally {
      making.unlock();
    }
    log.atInfo()
        .addKeyValue("schedule", made.schedule())
        .addKeyValue("change", made.id())
        .addKeyValue("kind", made.what().kind())
        .addKeyValue("by", made.made().who())
        .log("change of a roster made");
    tell(new RosterChange(made.schedule(), Optional.of(made), difference));
    return made;
  }

  private static Change judged(Board board, Change wanted) {
    Timeline present = board.timeline(wanted.schedule());
    return new Admission(board.roster(), present).judged(wanted, wanted.made().at());
  }

  /// Takes a step with a change.
  ///
  /// @param version that who decided on it has seen
  public ChangeTable.Outcome step(
      String schedule, long id, int version, Step step, Signature signed) {
    if (signed.who().isBlank()) {
      throw new BadInput("by: say who does it");
    }
    List<String> approvers = roster().schedule(schedule).approvers();
    ChangeTable.Outcome outcome;
    List<RosterChange> told = new ArrayList<>();
    making.lock();
    try {
      Board before = board;
      ChangeTable.Decision decision =
          change -> {
            if (!change.schedule().equals(schedule)) {
              throw new Missing("there is no change " + id + " of " + schedule);
            }
            return step.from(change, signed.who(), approvers);
          };
      outcome = table.step(id, version, decision, step, signed);
      if (outcome instanceof ChangeTable.Outcome.Done(Change done)) {
        Board after = before.with(done);
        board = after;
        decidedAt = signed.at();
        Change widest =
            before.changes().stream().filter(c -> c.id() == id).findFirst().orElse(done);
        told.add(new RosterChange(schedule, Optional.of(done), difference(before, after, widest)));
      }
    } finally {
      making.unlock();
    }
    told.forEach(this::tell);
    return outcome;
  }

  private static Difference difference(Board before, Board after, Change of) {
    Span span = of.span();
    if (of.what() instanceof What.Swap swap && swap.inReturn().isPresent()) {
      Span back = swap.inReturn().get();
      List<Instant> ends =
          List.of(span.from(), span.to(), back.from(), back.to()).stream()
              .sorted(Comparator.naturalOrder())
              .toList();
      span = new Span(ends.getFirst(), ends.getLast());
    }
    return Difference.between(before.timeline(of.schedule()), after.timeline(of.schedule()), span);
  }

  private void tell(RosterChange change) {
    boolean swap = change.change().isPresent() && change.change().get().what() instanceof What.Swap;
    if (swap || !change.difference().moves().isEmpty()) { // a swap is news to who must answer
      listener.changed(change);
    }
  }

  /// All changes of a schedule, the oldest first.
  public List<Change> changes(String schedule) {
    String id = roster().schedule(schedule).id();
    return board.changes().stream()
        .filter(change -> change.schedule().equals(id))
        .sorted(Comparator.comparingLong(Change::id))
        .toList();
  }

  /// What was done with them, the latest first.
  public List<Entry> entries(String schedule, int limit) {
    return table.entries(roster().schedule(schedule).id(), limit);
  }

  public Coverage coverage(String schedule, Span span) {
    return Coverage.of(board.timeline(schedule), span, leaves.during(span));
  }

  /// What people are to be told of hand-offs in a stretch of time, of all schedules.
  ///
  /// @param after excluded
  /// @param upTo included
  public List<Notice> notices(Instant after, Instant upTo) {
    return board.timelines().values().stream()
        .flatMap(timeline -> Notice.due(timeline, after, upTo).stream())
        .sorted(Comparator.comparing(Notice::at))
        .toList();
  }

  /// The secret addresses at which calendars are read.
  public FeedTable feeds() {
    return feeds;
  }

  /// The calendar of a secret address.
  public String calendar(FeedTable.Secret secret, Language language) {
    FeedTable.Address address = feeds.of(secret);
    Instant now = time.now();
    Span span = new Span(now.minus(config.feedPast()), now.plus(config.feedAhead()));
    Board present = board;
    return new Feed(present.roster(), address.person(), language)
        .of(present.timeline(address.schedule()), span, decidedAt);
  }

  /// Reads somebody's calendar; what it says takes the place of what was known of their leave.
  ///
  /// @param zone of whole days and of times that name none
  public List<Leave> leave(String person, String calendar, ZoneId zone) {
    Map<String, Text> people = roster().people();
    if (!people.containsKey(person)) {
      throw new Missing("no person has the id \"" + person + "\"");
    }
    Instant now = time.now();
    Span span = new Span(now.minus(LEAVE_PAST), now.plus(LEAVE_AHEAD));
    List<Leave> read = LeaveReader.read(calendar, person, span, zone);
    leaves.replace(person, read);
    return read;
  }

  public Time time() {
    return time;
  }

  public OnCallConfig config() {
    return config;
  }
}
