package hinomi.alertengine.escalate;

import hinomi.alertengine.deliver.Handover;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.journal.AlertJournal;
import hinomi.alertengine.journal.Batch;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.mute.Mute;
import hinomi.alertengine.mute.Mutes;
import hinomi.alertengine.storm.Gate;
import hinomi.model.AlertEvent;
import hinomi.model.Unavailable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What stands of pages in memory: open groups, what is muted in them, and when each is due. It
/// changes when the change has been written, never before. Guarded by its owner's lock.
final class Standing {
  /// Stands for the summaries of storms in the agenda.
  static final String STORM = "storm";

  private final AlertJournal journal;
  private final Mutes mutes;
  private final Gate gate;
  private final Exits exits;
  private final Agenda agenda;
  private final OpenGroups open = new OpenGroups();
  private final Map<String, Map<String, Mute>> muted = new HashMap<>(); // by group, by member
  private final Unrecorded unrecorded = new Unrecorded();

  Standing(AlertJournal journal, Pager.Policy policy, Exits exits, Agenda agenda) {
    this.journal = journal;
    this.mutes = policy.mutes();
    this.gate = policy.gate();
    this.exits = exits;
    this.agenda = agenda;
  }

  OpenGroups open() {
    return open;
  }

  /// What was muted when it was judged last, by group, by member.
  Map<String, Map<String, Mute>> muted() {
    return muted;
  }

  Map<String, Mute> muted(PageGroup group) {
    return muted.getOrDefault(group.id(), Map.of());
  }

  /// Takes up what was written when the engine last stopped.
  void restore() {
    journal.openGroups().forEach(open::put);
    gate.restore();
    watch();
  }

  /// Begins anew with what fires.
  private void watch() {
    Dispatch.watch(open.all(), mutes);
  }

  /// Writes work; then it counts, and its messages leave. If the database fails, pages leave
  /// without it.
  void write(Work work, Changes changes) {
    work.summarise(open::byId);
    try (Handover handover = exits.handover().apply(work.deliveries())) {
      record(work, changes, handover.rows());
      unrecorded.clear();
      settle(work, changes.events());
      handover.written();
    }
  }

  private void record(Work work, Changes changes, List<Delivery> deliveries) {
    try {
      journal.commit(
          new Batch(
              changes.stored(),
              changes.forgotten(),
              work.changes(open::byId),
              deliveries,
              work.decisions(),
              changes.with(work.visit().rows()).rows()));
    } catch (Unavailable e) {
      unrecorded.send(work.deliveries(), exits.unrecorded());
      watch();
      throw e;
    }
  }

  private void settle(Work work, List<AlertEvent> events) {
    gate.settle(work.visit());
    exits.events().accept(events);
    exits.chronicle().decided(work.deliveries());
    exits.chronicle().decided(work.bundled());
    muted.putAll(work.muted());
    for (PageGroup group : work.groups()) {
      open.put(group);
      if (!group.isOpen()) {
        muted.remove(group.id());
      }
      agenda.put(group.id(), work.due(group));
    }
    agenda.put(STORM, gate.due());
  }
}
