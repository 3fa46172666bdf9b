package vn.duan5.tonghop.peer;

import org.apache.kafka.common.serialization.Serde;

/** A province or the country, and a window, by their indexes. Three bytes. */
record PlaceWindow(int place, int window) {
  static final Serde<PlaceWindow> SERDE =
      Binary.serde(
          (key, to) -> to.putShort((short) key.place).put((byte) key.window),
          from -> new PlaceWindow(from.getShort(), from.get()));

  /** The share of a window that one partition of the events gives. */
  record Part(PlaceWindow of, int partition) {
    static final Serde<Part> SERDE =
        Binary.serde(
            (key, to) ->
                to.putShort((short) key.of.place).put((byte) key.of.window).putShort((short) key.partition),
            from -> new Part(new PlaceWindow(from.getShort(), from.get()), from.getShort()));
  }
}
