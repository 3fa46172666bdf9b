package vn.duan5.tonghop.peer;

import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serde;

/**
 * What a cell of a province said before and says now.
 *
 * <p>A figure is the numbers of the total, or of the total and every category, {@link #ABSENT} where one was not given; null
 * where the cell is not reported.
 */
record CellChange(int indicator, long[] before, long[] after) {
  static final long ABSENT = -1;
  static final Serde<CellChange> SERDE = Binary.serde(CellChange::write, CellChange::read);

  private static void write(CellChange change, ByteBuffer to) {
    to.put((byte) change.indicator);
    Binary.putFigure(to, change.before);
    Binary.putFigure(to, change.after);
  }

  private static CellChange read(ByteBuffer from) {
    return new CellChange(from.get(), Binary.getFigure(from), Binary.getFigure(from));
  }
}
