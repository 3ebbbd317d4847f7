import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'

const row = z.object({
  request_id: z.string(),
  service_id: z.string(),
  provider_id: z.string(),
  title: z.string(),
  metres: z.number().nullable(),
})
export interface Fit {
  requestId: string
  serviceId: string
  providerId: string
  title: string
  /** From where they start to the middle of the outcode; null for what is online. */
  metres: number | null
}
const fits = (rows: unknown): Fit[] =>
  z
    .array(row)
    .parse(rows)
    .map((one) => ({
      requestId: one.request_id,
      serviceId: one.service_id,
      providerId: one.provider_id,
      title: one.title,
      metres: one.metres,
    }))

/** What fits, and why, is said by the view `support_fit`: it joins tables of other domains on purpose, as a search does. */

/** All services of these providers that fit one open request; none when it is over. Nearest first. */
export const servicesForRequest = async (
  tx: Tx,
  now: Temporal.Instant,
  requestId: string,
  providerIds: readonly string[],
): Promise<Fit[]> =>
  fits(
    await tx.$queryRaw`select request_id, service_id, provider_id, title, metres from support_fit
      where request_id = ${requestId}::uuid and open_until > ${toDate(now)} and provider_id = any(${[...providerIds]}::uuid[])
      order by metres nulls last, service_id limit 50`,
  )

/** Open requests that fit any of these providers, those that end first in front; the nearest service of each. */
export const requestsForProviders = async (
  tx: Tx,
  now: Temporal.Instant,
  providerIds: readonly string[],
  most: number,
): Promise<Fit[]> =>
  fits(
    await tx.$queryRaw`select * from (
        select distinct on (request_id) request_id, open_until, service_id, provider_id, title, metres from support_fit
        where open_until > ${toDate(now)} and provider_id = any(${[...providerIds]}::uuid[])
        order by request_id, metres nulls last, service_id) one
      order by open_until, request_id limit ${most}`,
  )

/** Providers whose services fit one request, each once, nearest first. */
export async function nearestProviders(
  tx: Tx,
  now: Temporal.Instant,
  requestId: string,
  most: number,
): Promise<string[]> {
  const found = await tx.$queryRaw`select * from (
        select distinct on (provider_id) request_id, service_id, provider_id, title, metres from support_fit
        where request_id = ${requestId}::uuid and open_until > ${toDate(now)}
        order by provider_id, metres nulls last, service_id) one
      order by metres nulls last, provider_id limit ${most}`
  return fits(found).map(({ providerId }) => providerId)
}

/** Whether the middle of this outcode is known, so that somebody near it can be found. */
export async function knowsOutcode(tx: Tx, outcode: string): Promise<boolean> {
  const [known, postcode] = await Promise.all([
    tx.outcode.findUnique({ where: { outcode }, select: { outcode: true } }),
    tx.postcode.findFirst({ where: { outcode }, select: { outcode: true } }),
  ])
  return known !== null || postcode !== null
}
