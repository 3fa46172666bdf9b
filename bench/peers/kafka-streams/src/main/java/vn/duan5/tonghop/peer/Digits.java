package vn.duan5.tonghop.peer;

/** Decimal digits at fixed places of a text. */
final class Digits {
  private Digits() {}

  /** The number that stands from {@code from} to before {@code to}, or -1 if something else than digits stands there. */
  static int number(String text, int from, int to) {
    int number = 0;
    for (int at = from; at < to; at += 1) {
      int digit = text.charAt(at) - '0';
      if (digit < 0 || digit > 9) return -1;
      number = 10 * number + digit;
    }
    return number;
  }
}
