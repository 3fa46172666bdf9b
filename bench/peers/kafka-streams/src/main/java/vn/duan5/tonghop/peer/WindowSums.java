package vn.duan5.tonghop.peer;

import java.nio.ByteBuffer;

/**
 * All indicators of a place's window, added up over some of its units.
 *
 * <p>Rows of fixed layout (see {@link Catalogue}): the numbers, how many cells gave each total and category, and for each
 * indicator how many units reported it in the window and in its last month. The binary form leaves out what nobody reports.
 */
final class WindowSums {
  private static final byte END = -1;

  private final Catalogue catalogue;
  private final long[] numbers;
  private final int[] counts;
  private final int[] reported;
  private final int[] current;

  WindowSums(Catalogue catalogue) {
    this.catalogue = catalogue;
    numbers = new long[catalogue.slots()];
    counts = new int[catalogue.parts()];
    reported = new int[catalogue.indicators().size()];
    current = new int[catalogue.indicators().size()];
  }

  long number(int slot) {
    return numbers[slot];
  }

  /** Whether the total or a category occurs, by its place in a row of counters. */
  boolean occurs(int part) {
    return counts[part] > 0;
  }

  int reported(int indicator) {
    return reported[indicator];
  }

  int current(int indicator) {
    return current[indicator];
  }

  /** Adds a figure or, with the sign -1, takes it off; null is none. */
  void add(int index, long[] figure, int sign) {
    if (figure == null) return;
    Catalogue.Indicator indicator = catalogue.get(index);
    int fields = indicator.fieldCount();
    for (int slot = 0; slot < figure.length; slot += 1) {
      if (figure[slot] == CellChange.ABSENT) continue;
      numbers[indicator.slot() + slot] += sign * figure[slot];
      if (slot % fields == 0) counts[indicator.part() + slot / fields] += sign;
    }
  }

  void count(int indicator, int moreReported, int moreCurrent) {
    reported[indicator] += moreReported;
    current[indicator] += moreCurrent;
  }

  void write(ByteBuffer to) {
    for (int index = 0; index < reported.length; index += 1) {
      if (reported[index] == 0) continue;
      Catalogue.Indicator indicator = catalogue.get(index);
      to.put((byte) index);
      Binary.putVarlong(to, reported[index]);
      Binary.putVarlong(to, current[index]);
      for (int n = 0; n < indicator.partCount(); n += 1) Binary.putVarlong(to, counts[indicator.part() + n]);
      for (int n = 0; n < indicator.width(); n += 1) Binary.putVarlong(to, numbers[indicator.slot() + n]);
    }
    to.put(END);
  }

  /** Adds sums in their binary form. */
  void plus(ByteBuffer from) {
    for (int index = from.get(); index != END; index = from.get()) {
      Catalogue.Indicator indicator = catalogue.get(index);
      reported[index] += (int) Binary.getVarlong(from);
      current[index] += (int) Binary.getVarlong(from);
      for (int n = 0; n < indicator.partCount(); n += 1) counts[indicator.part() + n] += (int) Binary.getVarlong(from);
      for (int n = 0; n < indicator.width(); n += 1) numbers[indicator.slot() + n] += Binary.getVarlong(from);
    }
  }
}
