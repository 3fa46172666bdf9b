package vn.duan5.tonghop.peer;

import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serde;

/**
 * What a unit says of one indicator in the months of a year: of all reports of a month the greatest, null where there was none.
 *
 * <p>A year stands together because the figure of a longer window is that of its latest live month: one look into the store
 * for an event instead of twelve. A retraction that wins stays, so that an older report that comes later does not bring the
 * cell back.
 */
final class CellYear {
  static final int MONTHS = 12;
  static final Serde<CellYear> SERDE = Binary.serde(CellYear::write, CellYear::read);

  /** A reporting unit, an indicator and a year, by their indexes. Four bytes. */
  record Key(int unit, int year, int indicator) {
    static final Serde<Key> SERDE =
        Binary.serde(
            (key, to) -> to.putShort((short) key.unit).put((byte) key.year).put((byte) key.indicator),
            from -> new Key(from.getShort(), from.get(), from.get()));
  }

  private final Report[] months = new Report[MONTHS];

  Report month(int month) {
    return months[month];
  }

  void put(int month, Report report) {
    months[month] = report;
  }

  /** The figure of a month; null where it is not reported. */
  long[] figure(int month) {
    return months[month] == null ? null : months[month].figure();
  }

  /** The months that are reported, as bits 0 to 11. */
  int live() {
    int live = 0;
    for (int month = 0; month < MONTHS; month += 1) if (figure(month) != null) live |= 1 << month;
    return live;
  }

  private static void write(CellYear year, ByteBuffer to) {
    int held = 0;
    for (int month = 0; month < MONTHS; month += 1) if (year.months[month] != null) held |= 1 << month;
    to.putShort((short) held);
    for (Report report : year.months) if (report != null) Report.write(report, to);
  }

  private static CellYear read(ByteBuffer from) {
    CellYear year = new CellYear();
    int held = from.getShort();
    for (int month = 0; month < MONTHS; month += 1) {
      if ((held >> month & 1) == 1) year.months[month] = Report.read(from);
    }
    return year;
  }
}
