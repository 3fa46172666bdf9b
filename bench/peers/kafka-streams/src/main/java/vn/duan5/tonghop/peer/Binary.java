package vn.duan5.tonghop.peer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** The binary form of keys and values: numbers of variable length, so that most take one or two bytes. */
final class Binary {
  private static final int MAX_VARLONG = 10;
  /** Stream threads encode one value at a time. */
  private static final ThreadLocal<ByteBuffer> SCRATCH = ThreadLocal.withInitial(() -> ByteBuffer.allocate(1 << 17));

  interface Writer<T> {
    void write(T value, ByteBuffer to);
  }

  private Binary() {}

  /** A serde of a writer and a reader; null stands for a tombstone. */
  static <T> Serde<T> serde(Writer<T> writer, Function<ByteBuffer, T> reader) {
    return Serdes.serdeFrom(
        (topic, value) -> value == null ? null : encode(value, writer),
        (topic, bytes) -> bytes == null ? null : reader.apply(ByteBuffer.wrap(bytes)));
  }

  static <T> byte[] encode(T value, Writer<T> writer) {
    ByteBuffer scratch = SCRATCH.get().clear().order(ByteOrder.BIG_ENDIAN);
    writer.write(value, scratch);
    return Arrays.copyOf(scratch.array(), scratch.position());
  }

  /** Writes a number so that those near 0, of either sign, are short. */
  static void putVarlong(ByteBuffer to, long number) {
    long rest = (number << 1) ^ (number >> 63);
    while ((rest & ~0x7fL) != 0) {
      to.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    to.put((byte) rest);
  }

  static long getVarlong(ByteBuffer from) {
    long rest = 0;
    for (int n = 0; n < MAX_VARLONG; n += 1) {
      byte next = from.get();
      rest |= (next & 0x7fL) << (7 * n);
      if (next >= 0) return (rest >>> 1) ^ -(rest & 1);
    }
    throw new IllegalArgumentException("not a number of variable length");
  }

  /** Writes how many numbers a figure has, and the numbers; none stands for null. */
  static void putFigure(ByteBuffer to, long[] figure) {
    to.put((byte) (figure == null ? 0 : figure.length));
    if (figure == null) return;
    for (long number : figure) putVarlong(to, number);
  }

  static long[] getFigure(ByteBuffer from) {
    int count = from.get();
    if (count == 0) return null;
    long[] figure = new long[count];
    for (int n = 0; n < count; n += 1) figure[n] = getVarlong(from);
    return figure;
  }
}
