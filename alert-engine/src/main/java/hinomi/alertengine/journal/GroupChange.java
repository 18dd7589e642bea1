package hinomi.alertengine.journal;

import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.PageGroup;
import java.util.List;
import java.util.Optional;

/// What a group has become: only members that are not as they were are written.
///
/// @param put members that are new or different
/// @param gone keys of those that have left
public record GroupChange(PageGroup group, List<Member> put, List<String> gone) {
  public GroupChange {
    put = List.copyOf(put);
    gone = List.copyOf(gone);
  }

  /// A group that was never written.
  public static GroupChange of(PageGroup group) {
    return of(Optional.empty(), group);
  }

  /// @param before the group as it was written last
  public static GroupChange of(Optional<PageGroup> before, PageGroup after) {
    var was = before.map(PageGroup::members).orElse(java.util.Map.of());
    return new GroupChange(
        after,
        after.members().values().stream()
            .filter(member -> !member.equals(was.get(member.key())))
            .toList(),
        was.keySet().stream().filter(key -> !after.members().containsKey(key)).toList());
  }
}
