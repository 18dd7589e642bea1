package hinomi.console.render;

/// One way to narrow a list.
///
/// @param count how many it would show
/// @param here whether the list is narrowed so
record Tab(String text, int count, String href, boolean here) {}
