package hinomi.alertengine.escalate;

import hinomi.alertengine.chronicle.Chronicle;
import hinomi.alertengine.deliver.Handover;
import hinomi.alertengine.journal.Delivery;
import hinomi.model.AlertEvent;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// What is told to whom, once it is written.
///
/// @param everywhere targets that are told of every group
/// @param events takes the changed alerts, always before anything is said of their pages
/// @param handover takes what is about to be written, and lets it leave
/// @param wake lets leave what was written by others
public record Exits(
    List<String> everywhere,
    Consumer<List<AlertEvent>> events,
    Chronicle chronicle,
    Function<List<Delivery>, Handover> handover,
    Runnable wake,
    Unrecorded.Exit unrecorded) {}
