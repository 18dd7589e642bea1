package hinomi.oncall.coverage;

import hinomi.oncall.rotation.Span;

/// Somebody is away, as their calendar says.
public record Leave(String person, Span span, String summary) {}
