package vn.duan5.tonghop.peer;

import org.apache.kafka.common.serialization.Serde;

/** A province or the country, and a month, by their indexes. Three bytes. */
record PlaceMonth(int place, int month) {
  static final Serde<PlaceMonth> SERDE =
      Binary.serde(
          (key, to) -> to.putShort((short) key.place).put((byte) key.month),
          from -> new PlaceMonth(from.getShort(), from.get()));
}
