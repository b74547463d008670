// Typed addresses on tfjs's heap. A `Floats` compiles to a bare address: no object, no runtime, no check of bounds.

/** Float32 numbers from an address on. */
@unmanaged
export class Floats {
  /** For editors, which do not know the operators below. */
  [key: number]: f32;

  @operator('[]') get(index: i32): f32 {
    return load<f32>(changetype<usize>(this) + ((<usize>index) << 2));
  }

  @operator('[]=') set(index: i32, value: f32): void {
    store<f32>(changetype<usize>(this) + ((<usize>index) << 2), value);
  }

  /** The numbers from `index` on. */
  at(index: i32): Floats {
    return changetype<Floats>(changetype<usize>(this) + ((<usize>index) << 2));
  }

  /** Four numbers from `index` on. */
  load4(index: i32): v128 {
    return v128.load(changetype<usize>(this) + ((<usize>index) << 2));
  }

  store4(index: i32, value: v128): void {
    v128.store(changetype<usize>(this) + ((<usize>index) << 2), value);
  }

  get isNull(): bool {
    return changetype<usize>(this) == 0;
  }
}

/** Int32 numbers from an address on. */
@unmanaged
export class Integers {
  [key: number]: i32;

  @operator('[]') get(index: i32): i32 {
    return load<i32>(changetype<usize>(this) + ((<usize>index) << 2));
  }
}

/** Bytes from an address on: bools, 0 or 1. */
@unmanaged
export class Bytes {
  [key: number]: u8;

  @operator('[]') get(index: i32): u8 {
    return load<u8>(changetype<usize>(this) + <usize>index);
  }

  @operator('[]=') set(index: i32, value: u8): void {
    store<u8>(changetype<usize>(this) + <usize>index, value);
  }

  at(index: i32): Bytes {
    return changetype<Bytes>(changetype<usize>(this) + <usize>index);
  }

  /** Four lanes, all bits 1 where the byte is not 0. */
  loadMask4(index: i32): v128 {
    const bytes = v128.load32_zero(changetype<usize>(this) + <usize>index);
    return i32x4.ne(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes)), i32x4.splat(0));
  }

  /** Four bytes, 1 where the lane's bits are. */
  storeMask4(index: i32, mask: v128): void {
    const halves = i16x8.narrow_i32x4_s(mask, mask);
    const bytes = v128.and(i8x16.narrow_i16x8_s(halves, halves), i8x16.splat(1));
    v128.store32_lane(changetype<usize>(this) + <usize>index, bytes, 0);
  }
}

/** Where an optional tensor is left out. */
export function none(): Floats {
  return changetype<Floats>(0);
}

export function zero(count: i32, target: Floats): void {
  memory.fill(changetype<usize>(target), 0, (<usize>count) << 2);
}

/** A loop: V8 calls memory.copy out of line, which a few hundred bytes do not pay for. */
export function copy(count: i32, source: Floats, target: Floats): void {
  let index = 0;
  for (; index + 4 <= count; index += 4) target.store4(index, source.load4(index));
  for (; index < count; index++) target[index] = source[index];
}

export function addTo(count: i32, source: Floats, target: Floats): void {
  let index = 0;
  for (; index + 4 <= count; index += 4) {
    target.store4(index, f32x4.add(target.load4(index), source.load4(index)));
  }
  for (; index < count; index++) target[index] += source[index];
}
