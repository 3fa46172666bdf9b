package vn.duan5.tonghop.peer;

import java.time.DateTimeException;
import java.time.LocalDate;

/** RFC 3339 date-times with an offset, at fixed places. Decimals of a second beyond the ninth are not taken. */
final class Rfc3339 {
  record Instant(long seconds, int nanos) {}

  private static final int TIME_END = 19;
  private static final int NANO_DIGITS = 9;

  private Rfc3339() {}

  /** The instant, or null if the text is not one. */
  static Instant parse(String text) {
    if (text.length() <= TIME_END || !hasSeparators(text)) return null;
    long local = localSeconds(text);
    int decimalsEnd = decimalsEnd(text);
    int nanos = nanos(text, decimalsEnd);
    int offset = offsetSeconds(text, decimalsEnd);
    if (local == Long.MIN_VALUE || nanos < 0 || offset == Integer.MIN_VALUE) return null;
    return new Instant(local - offset, nanos);
  }

  private static boolean hasSeparators(String text) {
    return text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && (text.charAt(10) | 0x20) == 't'
        && text.charAt(13) == ':'
        && text.charAt(16) == ':';
  }

  private static long localSeconds(String text) {
    int hour = Digits.number(text, 11, 13);
    int minute = Digits.number(text, 14, 16);
    int second = Digits.number(text, 17, TIME_END);
    int year = Digits.number(text, 0, 4);
    boolean isTime = hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59;
    if (!isTime || year < 1) return Long.MIN_VALUE;
    try {
      LocalDate day = LocalDate.of(year, Digits.number(text, 5, 7), Digits.number(text, 8, 10));
      return day.toEpochDay() * 86_400 + hour * 3_600 + minute * 60 + second;
    } catch (DateTimeException cause) {
      return Long.MIN_VALUE;
    }
  }

  private static int decimalsEnd(String text) {
    int at = TIME_END;
    if (text.charAt(at) != '.') return at;
    do at += 1;
    while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0);
    return at;
  }

  private static int nanos(String text, int end) {
    if (end == TIME_END) return 0;
    int digits = end - TIME_END - 1;
    if (digits == 0 || digits > NANO_DIGITS) return -1;
    int nanos = Digits.number(text, TIME_END + 1, end);
    for (int n = digits; n < NANO_DIGITS && nanos > 0; n += 1) nanos *= 10;
    return nanos;
  }

  private static int offsetSeconds(String text, int at) {
    int left = text.length() - at;
    if (left == 1 && (text.charAt(at) | 0x20) == 'z') return 0;
    if (left != 6 || text.charAt(at + 3) != ':') return Integer.MIN_VALUE;
    int hours = Digits.number(text, at + 1, at + 3);
    int minutes = Digits.number(text, at + 4, at + 6);
    char sign = text.charAt(at);
    boolean isOffset = hours >= 0 && hours <= 23 && minutes >= 0 && minutes <= 59 && (sign == '+' || sign == '-');
    if (!isOffset) return Integer.MIN_VALUE;
    int seconds = hours * 3_600 + minutes * 60;
    return sign == '-' ? -seconds : seconds;
  }
}
