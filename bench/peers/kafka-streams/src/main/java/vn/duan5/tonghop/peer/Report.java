package vn.duan5.tonghop.peer;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.serialization.Serde;

/**
 * What an event says of its cell. Reports of a cell are ordered by revision, time and id; the greatest wins.
 *
 * @param id in UTF-8, whose bytes sort as code points do
 * @param figure the numbers of the total, or of the total and every category; null for a retraction
 */
record Report(long revision, long seconds, int nanos, byte[] id, long[] figure) implements Comparable<Report> {
  static final Serde<Report> SERDE = Binary.serde(Report::write, Report::read);

  @Override
  public int compareTo(Report other) {
    int order = Long.compare(revision, other.revision);
    if (order == 0) order = Long.compare(seconds, other.seconds);
    if (order == 0) order = Integer.compare(nanos, other.nanos);
    return order == 0 ? Arrays.compareUnsigned(id, other.id) : order;
  }

  static void write(Report report, ByteBuffer to) {
    Binary.putVarlong(to, report.revision);
    Binary.putVarlong(to, report.seconds);
    Binary.putVarlong(to, report.nanos);
    Binary.putVarlong(to, report.id.length);
    to.put(report.id);
    Binary.putFigure(to, report.figure);
  }

  static Report read(ByteBuffer from) {
    long revision = Binary.getVarlong(from);
    long seconds = Binary.getVarlong(from);
    int nanos = (int) Binary.getVarlong(from);
    byte[] id = new byte[(int) Binary.getVarlong(from)];
    from.get(id);
    return new Report(revision, seconds, nanos, id, Binary.getFigure(from));
  }
}
