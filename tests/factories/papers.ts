/** Receipts as bytes: the smallest files that are really a PNG, a JPEG and a PDF. */

const chunk = (type: string, data: number[]): number[] => {
  const length = [data.length >>> 24, data.length >>> 16, data.length >>> 8, data.length].map(
    (byte) => byte & 0xff,
  )
  return [...length, ...[...type].map((letter) => letter.charCodeAt(0)), ...data, 0, 0, 0, 0]
}

/** @param size bytes of picture data */
export const png = (size = 10): Uint8Array =>
  Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk('IHDR', [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]),
    ...chunk(
      'IDAT',
      Array.from({ length: size }, (_, i) => i & 0xff),
    ),
    ...chunk('IEND', []),
  ])

export const jpeg = (): Uint8Array =>
  Uint8Array.from([
    ...[0xff, 0xd8],
    ...[0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0],
    ...[0xff, 0xda, 0x00, 0x08, 1, 1, 0, 0, 0x3f, 0],
    ...[0x12, 0x34, 0xff, 0x00, 0x56],
    ...[0xff, 0xd9],
  ])

export const pdf = (): Uint8Array =>
  new TextEncoder().encode('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n')
