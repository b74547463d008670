/** A piece of memory that is needed from one time to another, both included. */
export interface Piece {
  bytes: number;
  from: number;
  to: number;
}

/** A cache line: no two pieces share one. */
const ALIGNMENT = 64;

/**
 * Places pieces so that those needed at the same time do not overlap: the largest first, each as low as it fits.
 *
 * @returns where each begins, in bytes, and how much they need together.
 */
export function placePieces(pieces: readonly Piece[]): { offsets: number[]; bytes: number } {
  const offsets = pieces.map(() => 0);
  const placed: { piece: Piece; start: number; end: number }[] = [];
  const order = pieces.map((_, index) => index).sort((one, other) => sizeAt(pieces, other) - sizeAt(pieces, one));
  let bytes = 0;
  for (const index of order) {
    const piece = pieces[index] as Piece;
    const size = Math.ceil(Math.max(piece.bytes, 1) / ALIGNMENT) * ALIGNMENT;
    const start = lowestGap(placed, piece, size);
    offsets[index] = start;
    placed.push({ piece, start, end: start + size });
    placed.sort((one, other) => one.start - other.start);
    bytes = Math.max(bytes, start + size);
  }
  return { offsets, bytes };
}

function sizeAt(pieces: readonly Piece[], index: number): number {
  return pieces[index]?.bytes ?? 0;
}

/** @param placed by where they begin. */
function lowestGap(
  placed: readonly { piece: Piece; start: number; end: number }[],
  piece: Piece,
  size: number,
): number {
  let start = 0;
  for (const other of placed) {
    if (other.piece.to < piece.from || other.piece.from > piece.to) continue;
    if (other.start >= start + size) break;
    start = Math.max(start, other.end);
  }
  return start;
}
