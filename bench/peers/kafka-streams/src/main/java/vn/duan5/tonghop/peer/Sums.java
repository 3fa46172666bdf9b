package vn.duan5.tonghop.peer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.kafka.common.serialization.Serde;

/**
 * All indicators of a place's month, added up.
 *
 * <p>Two rows of fixed layout (see {@link Catalogue}): the numbers, and how many live cells gave each total and category, so
 * that one nobody reports any more is told from one that adds up to 0. Every sum is a new value: Streams may still hold the
 * old one. Their binary form is copied rather than computed, because it is read and written once for each event.
 */
record Sums(long[] numbers, int[] counts) {
  static Sums empty(Catalogue catalogue) {
    return new Sums(new long[catalogue.slots()], new int[catalogue.parts()]);
  }

  static Serde<Sums> serde(Catalogue catalogue) {
    return Binary.serde(Sums::write, from -> read(from, catalogue));
  }

  /** These sums after a change of one cell: its old figure taken off, its new one added. */
  Sums changed(CellChange change, Catalogue catalogue) {
    Catalogue.Indicator indicator = catalogue.get(change.indicator());
    Sums sums = copy();
    if (change.before() != null) sums.add(change.before(), indicator, -1);
    if (change.after() != null) sums.add(change.after(), indicator, 1);
    return sums;
  }

  Sums plus(Sums other) {
    return with(other, 1);
  }

  Sums minus(Sums other) {
    return with(other, -1);
  }

  private void add(long[] figure, Catalogue.Indicator indicator, int sign) {
    int fields = indicator.fieldCount();
    for (int slot = 0; slot < figure.length; slot += 1) {
      if (figure[slot] == CellChange.ABSENT) continue;
      numbers[indicator.slot() + slot] += sign * figure[slot];
      if (slot % fields == 0) counts[indicator.part() + slot / fields] += sign;
    }
  }

  private Sums with(Sums other, int sign) {
    Sums sums = copy();
    for (int slot = 0; slot < numbers.length; slot += 1) sums.numbers[slot] += sign * other.numbers[slot];
    for (int part = 0; part < counts.length; part += 1) sums.counts[part] += sign * other.counts[part];
    return sums;
  }

  private Sums copy() {
    return new Sums(numbers.clone(), counts.clone());
  }

  private static void write(Sums sums, ByteBuffer to) {
    ByteBuffer rows = to.order(ByteOrder.nativeOrder());
    rows.asLongBuffer().put(sums.numbers);
    rows.position(rows.position() + Long.BYTES * sums.numbers.length);
    rows.asIntBuffer().put(sums.counts);
    rows.position(rows.position() + Integer.BYTES * sums.counts.length);
  }

  private static Sums read(ByteBuffer from, Catalogue catalogue) {
    Sums sums = empty(catalogue);
    ByteBuffer rows = from.order(ByteOrder.nativeOrder());
    rows.asLongBuffer().get(sums.numbers);
    rows.position(rows.position() + Long.BYTES * sums.numbers.length);
    rows.asIntBuffer().get(sums.counts);
    return sums;
  }
}
