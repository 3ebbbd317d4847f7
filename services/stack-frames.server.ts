import { readFileSync } from 'node:fs'
import { SourceMap, type SourceMapPayload } from 'node:module'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { clone } from './db/clone.server.ts'

/** Longer than a burst of errors, much shorter than a process runs. */
const KEEP_MS = 60_000
const FRAME = /^at (.*?\(?)((?:file:\/\/|\/)[^()]*):(\d+):(\d+)(\)?)$/
const SHAPE =
  /^at (.+ \((.+:\d+:\d+|<anonymous>|index \d+|native)\)|\S+:\d+:\d+|async \S+:\d+:\d+|<anonymous>)$/
const MOST = 12

const maps = new Map<string, SourceMap | null>()

/**
 * Where an error came from, a line a frame, the nearest first and without the error's message: messages of databases and validators quote values,
 * which are people's. What was bundled is told by the source it was made from.
 * The maps for that are read when something has gone wrong and let go a minute later: Node's own way keeps those of every package, too,
 * which is tens of megabytes of a process that mostly has nothing to tell.
 */
export function framesOf({ stack = '', message }: Pick<Error, 'stack' | 'message'>): string[] {
  const told = message === '' ? -1 : stack.indexOf(message)
  return stack
    .slice(told < 0 ? 0 : told + message.length)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => SHAPE.test(line))
    .slice(0, MOST)
    .map(inSource)
}

function inSource(frame: string): string {
  const [, before = '', address = '', line = '', column = '', after = ''] = FRAME.exec(frame) ?? []
  if (address === '') return frame
  const file = address.startsWith('file:') ? fileURLToPath(address) : address
  const entry = mapOf(file)?.findEntry(Number(line) - 1, Number(column) - 1)
  if (!entry || !('originalSource' in entry)) return frame
  const source = relative(clone, resolve(dirname(file), entry.originalSource))
  return `at ${before}${source}:${String(entry.originalLine + 1)}:${String(entry.originalColumn + 1)}${after}`
}

function mapOf(file: string): SourceMap | null {
  const known = maps.get(file)
  if (known !== undefined) return known
  const map = readMap(`${file}.map`)
  if (maps.size === 0)
    setTimeout(() => {
      maps.clear()
    }, KEEP_MS).unref()
  maps.set(file, map)
  return map
}

function readMap(path: string): SourceMap | null {
  try {
    return new SourceMap(JSON.parse(readFileSync(path, 'utf8')) as SourceMapPayload)
  } catch {
    // Most files have none; and an error about a map must not stand in the way of the error.
    return null
  }
}
