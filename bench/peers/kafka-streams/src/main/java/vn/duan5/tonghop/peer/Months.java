package vn.duan5.tonghop.peer;

import java.time.LocalDate;
import java.time.ZoneOffset;

/** Report months 2025-01 to 2030-12 by index from 0. Month m begins on the 15th of the month before, in Asia/Ho_Chi_Minh. */
final class Months {
  static final int FIRST_YEAR = 2025;
  private static final int COUNT = 72;
  private static final ZoneOffset VIETNAM = ZoneOffset.ofHours(7);
  private static final long[] START_MS = new long[COUNT];

  static {
    for (int month = 0; month < COUNT; month += 1) {
      LocalDate first = LocalDate.of(FIRST_YEAR, 1, 15).plusMonths(month - 1L);
      START_MS[month] = first.atStartOfDay().toInstant(VIETNAM).toEpochMilli();
    }
  }

  private Months() {}

  /** The index of {@code YYYY-MM}, or -1 for anything else. */
  static int index(String code) {
    if (code.length() != 7 || code.charAt(4) != '-') return -1;
    int year = Digits.number(code, 0, 4);
    int month = Digits.number(code, 5, 7);
    if (year < FIRST_YEAR || month < 1 || month > 12) return -1;
    int index = (year - FIRST_YEAR) * 12 + month - 1;
    return index < COUNT ? index : -1;
  }

  static String code(int index) {
    return "%d-%02d".formatted(FIRST_YEAR + index / 12, index % 12 + 1);
  }

  static long startMs(int index) {
    return START_MS[index];
  }
}
