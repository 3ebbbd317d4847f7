import fc from 'fast-check'

/** Text of any UTF-16 units: null bytes, half characters, marks of direction, every script. */
export const anyText = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0, max: 0x7f })), { maxLength })
    .map((units) => String.fromCharCode(...units))
