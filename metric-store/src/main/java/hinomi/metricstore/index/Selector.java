package hinomi.metricstore.index;

import hinomi.model.Matcher;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;
import org.roaringbitmap.buffer.MutableRoaringBitmap;

/// A list of matchers, worked out against one [LabelIndex] in two steps: [#of] tries the values of
/// labels, which is slow for regular expressions; [#resolve] combines bitmaps, which is quick. So
/// an index that is being written need only be locked for the second.
///
/// An absent label has the empty value: a matcher that fits it selects all series *but* those whose
/// value does not fit.
///
/// @param terms all of which must hold
public record Selector(List<Term> terms) {
  /// Series that have (or, `without`, have not) one of these values.
  public record Term(String name, List<String> values, boolean without) {}

  public Selector {
    terms = List.copyOf(terms);
  }

  public static Selector of(List<Matcher> matchers, Function<String, Collection<String>> valuesOf) {
    List<Term> terms = new ArrayList<>();
    for (Matcher matcher : matchers) {
      boolean absentFits = matcher.matches("");
      if (matcher.kind() == Matcher.Kind.EQUAL && !absentFits) {
        terms.add(new Term(matcher.name(), List.of(matcher.value()), false));
        continue;
      }
      List<String> values = new ArrayList<>();
      for (String value : valuesOf.apply(matcher.name())) {
        if (matcher.matches(value) != absentFits) {
          values.add(value);
        }
      }
      terms.add(new Term(matcher.name(), values, absentFits));
    }
    return new Selector(terms);
  }

  /// The series that fit; the caller owns the answer.
  public MutableRoaringBitmap resolve(LabelIndex index) {
    MutableRoaringBitmap fitting = null;
    for (Term term : terms) {
      if (!term.without()) {
        ImmutableRoaringBitmap these = union(term, index);
        if (fitting == null) {
          fitting = these.toMutableRoaringBitmap();
        } else {
          fitting.and(these);
        }
      }
    }
    MutableRoaringBitmap left = fitting == null ? index.all().toMutableRoaringBitmap() : fitting;
    for (Term term : terms) {
      if (term.without() && !left.isEmpty() && !term.values().isEmpty()) {
        left.andNot(union(term, index));
      }
    }
    return left;
  }

  private static ImmutableRoaringBitmap union(Term term, LabelIndex index) {
    if (term.values().size() == 1) {
      return index.postings(term.name(), term.values().getFirst());
    }
    return index.union(term.name(), term.values());
  }
}
