package hinomi.logindexer.segment;

import hinomi.logindexer.words.Clue;
import hinomi.logindexer.words.TokenFilter;
import hinomi.model.Labels;
import java.util.List;
import java.util.function.Predicate;
import org.apache.lucene.document.LongRange;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.util.BytesRef;

/// Which batches may hold lines that are wanted.
///
/// @param from nanoseconds, inclusive; `to` exclusive
/// @param streams the streams that are wanted
/// @param required for each condition on the lines its alternatives, one of which must hold with
///   all its clues
public record BatchQuery(
    long from, long to, Predicate<Labels> streams, List<List<List<Clue>>> required) {

  public BatchQuery {
    required = List.copyOf(required);
  }

  /// The part that the term dictionary and the points answer.
  Query toLucene() {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    all.add(
        LongRange.newIntersectsQuery(BatchDocument.TIME, new long[] {from}, new long[] {to - 1}),
        Occur.FILTER);
    for (List<List<Clue>> alternatives : required) {
      addOneOf(alternatives, all);
    }
    return all.build();
  }

  private static void addOneOf(List<List<Clue>> alternatives, BooleanQuery.Builder all) {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (List<Clue> clues : alternatives) {
      BooleanQuery.Builder each = new BooleanQuery.Builder();
      int terms = 0;
      for (Clue clue : clues) {
        switch (clue) {
          case Clue.Term term -> each.add(exact(term.text()), Occur.FILTER);
          case Clue.Part part -> each.add(inside(part.text()), Occur.FILTER);
          case Clue.Token _ -> terms--;
        }
        terms++;
      }
      if (terms == 0) {
        return; // an alternative that any batch may fulfil
      }
      any.add(new ConstantScoreQuery(each.build()), Occur.SHOULD);
    }
    if (!alternatives.isEmpty()) {
      all.add(any.build(), Occur.FILTER);
    }
  }

  private static Query exact(String text) {
    return new TermQuery(new Term(BatchDocument.WORDS, text));
  }

  /// Letters and digits only: nothing in it that a wildcard would mean.
  private static Query inside(String text) {
    return new WildcardQuery(new Term(BatchDocument.WORDS, "*" + text + "*"));
  }

  /// The part that the batch's own filter answers.
  boolean tokensMayFit(BytesRef filter) {
    for (List<List<Clue>> alternatives : required) {
      if (!alternatives.isEmpty()
          && alternatives.stream().noneMatch(clues -> tokensMayFit(filter, clues))) {
        return false;
      }
    }
    return true;
  }

  private static boolean tokensMayFit(BytesRef filter, List<Clue> clues) {
    for (Clue clue : clues) {
      if (clue instanceof Clue.Token(long hash)
          && !TokenFilter.mayHold(filter.bytes, filter.offset, filter.length, hash)) {
        return false;
      }
    }
    return true;
  }

  boolean hasTokens() {
    return required.stream()
        .flatMap(List::stream)
        .flatMap(List::stream)
        .anyMatch(Clue.Token.class::isInstance);
  }
}
