package hinomi.console;

/// What a silence would have hidden lately, and what it would hide now. A mistake in the matchers
/// is a [hinomi.model.BadInput] with its offset.
@FunctionalInterface
public interface PreviewSilence {
  SilencePreview preview(String matchers);
}
