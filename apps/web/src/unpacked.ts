/** How large an archive (ZIP) says that it unpacks to, before it is unpacked: a small file can hold more than a browser can. */

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const MOST_COMMENT = 65_535;

/** In bytes, by its directory; `undefined` where it has none that can be read. */
export function unpackedBytes(archive: ArrayBuffer): number | undefined {
  const view = new DataView(archive);
  const last = view.byteLength - END_BYTES;
  for (let end = last; end >= Math.max(0, last - MOST_COMMENT); end -= 1)
    if (view.getUint32(end, true) === END)
      return sumOf(view, view.getUint16(end + 10, true), view.getUint32(end + 16, true));
  return undefined;
}

function sumOf(view: DataView, entries: number, begin: number): number | undefined {
  let sum = 0;
  let at = begin;
  for (let n = 0; n < entries; n += 1) {
    if (at + ENTRY_BYTES > view.byteLength || view.getUint32(at, true) !== ENTRY) return undefined;
    sum += view.getUint32(at + 24, true);
    at += ENTRY_BYTES + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return sum;
}
