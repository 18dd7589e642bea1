package hinomi.alertengine.template;

/// A place where a template prints a label of the element, as `{{ $labels.instance }}` does.
///
/// @param offset of the action it stands in, characters
public record LabelRead(String label, int offset) {}
