package hinomi.metricstore.index;

import hinomi.model.BadInput;
import hinomi.model.LabelBytes;
import hinomi.model.Labels;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Looks through the label bytes of one series ([LabelBytes]) without making Strings: checks them,
/// finds where each pair lies, and tells whether they are in the canonical form already, as those
/// of nearly all senders are. Made to be used again. One thread.
public final class LabelScan {
  /// There is no such pair.
  public static final int NONE = -1;

  private static final byte[] METRIC = Labels.NAME.getBytes(StandardCharsets.UTF_8);
  private static final byte[] INSTANCE = "instance".getBytes(StandardCharsets.UTF_8);
  private static final int MOST_NAME_CHARACTERS = 1024;
  private static final int MOST_VALUE_CHARACTERS = 4096;
  private static final int NAME = 0x0A;
  private static final int VALUE = 0x12;
  private static final int BROKEN = -1;

  private final int mostLabels;
  private byte[] bytes = {};
  private int at;
  private int from;
  private int to;
  private int count;
  private final int[] pairFrom;
  private final int[] pairTo;
  private boolean canonical;
  private int metric;
  private int instance;
  private int lastNameFrom;
  private int lastNameTo;

  /// @param mostLabels how many a series may have
  public LabelScan(int mostLabels) {
    this.mostLabels = mostLabels;
    this.pairFrom = new int[mostLabels];
    this.pairTo = new int[mostLabels];
  }

  /// Takes a series in. When nothing is wrong with it, [#bytes] and the rest tell of its canonical
  /// form afterwards.
  public @Nullable LabelFault scan(byte[] given, int givenFrom, int givenTo) {
    LabelFault fault = pass(given, givenFrom, givenTo);
    if (fault == null && !canonical) {
      byte[] ordered;
      try {
        ordered = LabelBytes.encode(LabelBytes.decode(given, givenFrom, givenTo));
      } catch (BadInput e) {
        return LabelFault.DUPLICATE; // everything else has been found before
      }
      fault = pass(ordered, 0, ordered.length);
      canonical = Arrays.equals(ordered, 0, ordered.length, given, givenFrom, givenTo);
    }
    return fault == null && metric == NONE ? LabelFault.NO_METRIC : fault;
  }

  /// Whether the bytes taken in were canonical as they stood.
  public boolean wasCanonical() {
    return canonical;
  }

  /// Where the canonical form lies, from [#from] to [#to].
  public byte[] bytes() {
    return bytes;
  }

  public int from() {
    return from;
  }

  public int to() {
    return to;
  }

  /// The number of pairs.
  public int count() {
    return count;
  }

  /// Where the message of pair `i` begins: `0A length name 12 length value`.
  public int pairFrom(int i) {
    return pairFrom[i];
  }

  public int pairTo(int i) {
    return pairTo[i];
  }

  /// Which pair names the metric.
  public int metric() {
    return metric;
  }

  /// Which pair names the instance, or [#NONE].
  public int instance() {
    return instance;
  }

  private @Nullable LabelFault pass(byte[] given, int givenFrom, int givenTo) {
    bytes = given;
    at = givenFrom;
    from = givenFrom;
    to = givenTo;
    count = 0;
    canonical = true;
    metric = NONE;
    instance = NONE;
    lastNameTo = lastNameFrom;
    LabelFault fault = null;
    while (at < to && fault == null) {
      int end = varint(to) == NAME ? end(to) : BROKEN;
      fault = end == BROKEN ? LabelFault.MALFORMED : pair(end);
    }
    return fault;
  }

  private @Nullable LabelFault pair(int end) {
    int begin = at;
    int nameFrom = at;
    int nameTo = at;
    int valueFrom = at;
    int valueTo = at;
    int fields = 0;
    while (at < end) {
      int tag = varint(end);
      int fieldEnd = tag == BROKEN ? BROKEN : fieldEnd(tag, end);
      if (fieldEnd == BROKEN) {
        return LabelFault.MALFORMED;
      }
      fields++;
      if (tag == NAME) {
        canonical &= fields == 1;
        nameFrom = at;
        nameTo = fieldEnd;
      } else {
        canonical &= tag == VALUE && fields == 2;
        if (tag == VALUE) {
          valueFrom = at;
          valueTo = fieldEnd;
        }
      }
      at = fieldEnd;
    }
    LabelFault fault = check(nameFrom, nameTo, MOST_NAME_CHARACTERS, LabelFault.NAME_TOO_LONG);
    if (fault == null) {
      fault = check(valueFrom, valueTo, MOST_VALUE_CHARACTERS, LabelFault.VALUE_TOO_LONG);
    }
    if (fault != null || nameFrom == nameTo) {
      return fault == null ? LabelFault.EMPTY_NAME : fault;
    }
    if (valueFrom == valueTo) {
      canonical = false; // an empty value is none
      return null;
    }
    return keep(begin, end, nameFrom, nameTo);
  }

  private @Nullable LabelFault keep(int begin, int end, int nameFrom, int nameTo) {
    if (count == mostLabels) {
      return LabelFault.TOO_MANY;
    }
    canonical &=
        ascii(nameFrom, nameTo)
            && (count == 0
                || Arrays.compareUnsigned(bytes, lastNameFrom, lastNameTo, bytes, nameFrom, nameTo)
                    < 0);
    if (Arrays.equals(bytes, nameFrom, nameTo, METRIC, 0, METRIC.length)) {
      metric = count;
    } else if (Arrays.equals(bytes, nameFrom, nameTo, INSTANCE, 0, INSTANCE.length)) {
      instance = count;
    }
    lastNameFrom = nameFrom;
    lastNameTo = nameTo;
    pairFrom[count] = begin;
    pairTo[count++] = end;
    return null;
  }

  private @Nullable LabelFault check(int begin, int end, int most, LabelFault tooLong) {
    if (ascii(begin, end)) {
      return end - begin > most ? tooLong : null;
    }
    try {
      int characters =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes, begin, end - begin))
              .length();
      return characters > most ? tooLong : null;
    } catch (CharacterCodingException e) {
      return LabelFault.INVALID_UTF8;
    }
  }

  private boolean ascii(int begin, int end) {
    int all = 0;
    for (int i = begin; i < end; i++) {
      all |= bytes[i];
    }
    return all >= 0;
  }

  /// Where the content of a field ends; `at` then stands where it begins.
  private int fieldEnd(int tag, int limit) {
    int end =
        switch (tag & 7) {
          case 0 -> varint(limit) == BROKEN ? BROKEN : at;
          case 1 -> at + 8;
          case 2 -> end(limit);
          case 5 -> at + 4;
          default -> BROKEN;
        };
    return end > limit ? BROKEN : end;
  }

  private int end(int limit) {
    int length = varint(limit);
    return length < 0 || length > limit - at ? BROKEN : at + length;
  }

  /// A number of up to 31 bits, or [#BROKEN].
  private int varint(int limit) {
    int value = 0;
    for (int shift = 0; shift < 35 && at < limit; shift += 7) {
      byte next = bytes[at++];
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        canonical &= next != 0 || shift == 0;
        return value < 0 ? BROKEN : value;
      }
    }
    return BROKEN;
  }
}
