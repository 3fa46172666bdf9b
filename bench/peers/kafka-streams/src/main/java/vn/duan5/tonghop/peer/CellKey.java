package vn.duan5.tonghop.peer;

import org.apache.kafka.common.serialization.Serde;

/** A cell: a reporting unit, an indicator and a month, by their indexes. Four bytes. */
record CellKey(int unit, int indicator, int month) {
  static final Serde<CellKey> SERDE =
      Binary.serde(
          (key, to) -> to.putShort((short) key.unit).put((byte) key.indicator).put((byte) key.month),
          from -> new CellKey(from.getShort(), from.get(), from.get()));
}
