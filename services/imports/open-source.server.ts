import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { fromDate, londonDate } from '#services/kernel/time.ts'
import { refuseUnreadable, UnreadableFile, type Encoding } from './source-lines.ts'

/** Enough to tell what a file is; no more is ever held of it at once. */
const START_BYTES = 64 * 1024
const CHUNK_BYTES = 256 * 1024

/** A file on this machine, open for reading once or more. */
export interface Source {
  path: string
  bytes: number
  /** The day it was last written, in London: the latest day its facts can be of. */
  day: string
  /** Its first lines, without a byte-order mark; bytes that are no text come as replacement characters. */
  start: string
  /** From the beginning, a chunk at a time. */
  chunks(): AsyncIterable<Uint8Array>
}

/** @throws UnreadableFile with a sentence when there is nothing to read. */
export async function openSource(path: string, encoding: Encoding = 'utf-8'): Promise<Source> {
  const facts = await stat(path).catch((error: unknown) => {
    throw new UnreadableFile(`${path} cannot be opened: ${reason(error)}.`)
  })
  if (facts.isDirectory()) throw new UnreadableFile(`${path} is a folder. Name a file in it.`)
  const file = await open(path, 'r').catch((error: unknown) => {
    throw new UnreadableFile(`${path} cannot be opened: ${reason(error)}.`)
  })
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0)
    if (bytesRead === 0) throw new UnreadableFile(`${path} is empty.`)
    const start = buffer.subarray(0, bytesRead)
    refuseUnreadable(start)
    return {
      path,
      bytes: facts.size,
      day: londonDate(fromDate(facts.mtime)).toString(),
      start: new TextDecoder(encoding).decode(start),
      chunks: () => createReadStream(path, { highWaterMark: CHUNK_BYTES }),
    }
  } finally {
    await file.close()
  }
}

/** The first whole lines, or the one line that is longer than the start. */
export function firstLines({ start }: Source): string[] {
  const lines = start.split(/\r?\n/)
  return (lines.length > 1 ? lines.slice(0, -1) : lines).slice(0, 20)
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EACCES' || code === 'EPERM') return 'you may not read it'
  return code || 'it cannot be read'
}
