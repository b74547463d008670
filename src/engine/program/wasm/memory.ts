/** A piece of memory that is needed from one time to another, both included. */
export interface Piece {
  bytes: number;
  from: number;
  to: number;
}

/** A cache line: no two pieces share one. */
const ALIGNMENT = 64;

/**
 * Places pieces so that those needed at the same time do not overlap, each as low as it fits: once the largest first,
 * once those needed longest, once in the order of time. The tightest of the three is taken.
 *
 * @returns where each begins, in bytes, and how much they need together.
 */
export function placePieces(pieces: readonly Piece[]): Placed {
  const duration = ({ from, to }: Piece) => to - from + 1;
  const orders: ((one: Piece, other: Piece) => number)[] = [
    (one, other) => other.bytes - one.bytes,
    (one, other) => other.bytes * duration(other) - one.bytes * duration(one),
    (one, other) => one.from - other.from || other.bytes - one.bytes,
  ];
  const tries = orders.map((order) => placeInOrder(pieces, order));
  return tries.reduce((best, next) => (next.bytes < best.bytes ? next : best));
}

interface Placed {
  offsets: number[];
  bytes: number;
}

function placeInOrder(pieces: readonly Piece[], order: (one: Piece, other: Piece) => number): Placed {
  const offsets = pieces.map(() => 0);
  const placed: { piece: Piece; start: number; end: number }[] = [];
  let bytes = 0;
  for (const { piece, index } of pieces
    .map((piece, index) => ({ piece, index }))
    .sort((one, other) => order(one.piece, other.piece))) {
    const size = Math.ceil(Math.max(piece.bytes, 1) / ALIGNMENT) * ALIGNMENT;
    const start = lowestGap(placed, piece, size);
    offsets[index] = start;
    placed.push({ piece, start, end: start + size });
    placed.sort((one, other) => one.start - other.start);
    bytes = Math.max(bytes, start + size);
  }
  return { offsets, bytes };
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
