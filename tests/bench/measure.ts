import { Agent, request } from 'node:http'

export interface Row {
  name: string
  value: number
  unit: string
  floor: number | null
  ratio: number | null
  target: string
  ok: boolean
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** What one round of work gave: how many a second, and how long each took in milliseconds. */
export interface Round {
  perSecond: number
  times: number[]
}

/** `clients` loops that call `once` until `seconds` have passed. A failure ends the bench: a fast error is no result. */
export async function load(
  clients: number,
  seconds: number,
  once: (client: number, n: number) => Promise<void>,
): Promise<Round> {
  const times: number[] = []
  const start = performance.now()
  const until = start + seconds * 1000
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let n = 0; performance.now() < until; n += 1) {
        const from = performance.now()
        await once(client, n)
        times.push(performance.now() - from)
      }
    }),
  )
  return { perSecond: times.length / ((performance.now() - start) / 1000), times }
}

/** Floor and case in turn, so that what else the machine does meets both alike. */
export async function interleaved(
  rounds: number,
  floor: () => Promise<Round>,
  subject: () => Promise<Round>,
): Promise<{ floor: Round[]; subject: Round[] }> {
  const result = { floor: [] as Round[], subject: [] as Round[] }
  for (let round = 0; round < rounds; round += 1) {
    result.floor.push(await floor())
    result.subject.push(await subject())
  }
  return result
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

/** A GET that reads the whole answer, compressed as a browser asks for it. @throws when it is not 200 */
export function get(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { agent, headers: { 'Accept-Encoding': 'gzip', Accept: 'text/html' } },
      (response) => {
        let bytes = 0
        response.on('data', (chunk: Buffer) => (bytes += chunk.length))
        response.on('end', () => {
          if (response.statusCode === 200) resolve(bytes)
          else reject(new Error(`${String(response.statusCode)} from ${url}`))
        })
        response.on('error', reject)
      },
    )
    sent.on('error', reject)
    sent.end()
  })
}
