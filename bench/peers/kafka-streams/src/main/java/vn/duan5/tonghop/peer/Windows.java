package vn.duan5.tonghop.peer;

import java.util.stream.IntStream;

/**
 * Report windows: the months of a year and what is made of them. A window's index is the year's × 20 + its place in the year:
 * twelve months, four quarters, two half years, nine months, the year.
 */
final class Windows {
  static final int A_YEAR = 20;
  static final int COUNT = 6 * A_YEAR;

  private static final int[] FIRST = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 3, 6, 9, 0, 6, 0, 0};
  private static final int[] LAST = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 2, 5, 8, 11, 5, 11, 8, 11};
  private static final String[] SUFFIXES = {"-Q1", "-Q2", "-Q3", "-Q4", "-H1", "-H2", "-9M", ""};
  private static final int[][] OF_MONTH =
      IntStream.range(0, 12)
          .mapToObj(month -> IntStream.range(0, A_YEAR).filter(n -> FIRST[n] <= month && month <= LAST[n]).toArray())
          .toArray(int[][]::new);

  private Windows() {}

  /** The places in the year of the windows that a month, 0 to 11, is part of. */
  static int[] ofMonth(int month) {
    return OF_MONTH[month];
  }

  /** The months of the window at a place in the year, as bits 0 to 11. */
  static int months(int place) {
    return (2 << LAST[place]) - (1 << FIRST[place]);
  }

  static int lastMonth(int place) {
    return LAST[place];
  }

  /** {@code 2026-03}, {@code 2026-Q1}, {@code 2026-H1}, {@code 2026-9M} or {@code 2026}. */
  static String code(int window) {
    int year = window / A_YEAR;
    int place = window % A_YEAR;
    return place < 12 ? Months.code(12 * year + place) : Months.FIRST_YEAR + year + SUFFIXES[place - 12];
  }
}
