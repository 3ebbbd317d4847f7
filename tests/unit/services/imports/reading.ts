/** A file's bytes as a stream hands them over, in pieces of `size`. */
export async function* inPieces(bytes: Uint8Array | string, size: number): AsyncGenerator<Uint8Array> {
  const all = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
  for (let from = 0; from < all.length; from += size)
    yield await Promise.resolve(all.subarray(from, from + size))
}

export async function collect<Item>(blocks: AsyncIterable<Item[]>): Promise<Item[]> {
  const out: Item[] = []
  for await (const block of blocks) out.push(...block)
  return out
}
