package hinomi.console.render;

/// A page's first sentence, and its colour.
///
/// @param tone `down`, `watch`, `up` or `unknown`
record Headline(String tone, String sign, String text, String note) {}
