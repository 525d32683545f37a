import { encode } from 'uqr';

/** Light modules around the code, as ISO/IEC 18004 wants them. */
const MARGIN = 4;

/** A QR code as one path, and the side of its square in modules. */
export function qr(text: string): { path: string; side: number } {
  const { data, size } = encode(text, { ecc: 'M', border: MARGIN });
  const dark = data.flatMap((row, y) => row.flatMap((set, x) => (set ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { path: dark.join(''), side: size };
}
