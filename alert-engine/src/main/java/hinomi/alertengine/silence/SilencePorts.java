package hinomi.alertengine.silence;

import hinomi.model.Labels;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What silences need of the engine.
///
/// @param firing the labels of all alerts that fire
/// @param changed takes silences that began, ended or were edited: whatever they fit is to be
///   judged again; called without locks held
/// @param notes lets messages leave that were written
public record SilencePorts(
    Supplier<? extends Collection<Labels>> firing,
    Consumer<List<Silence>> changed,
    Runnable notes) {}
