import type { Choices } from '#services/bookings/draft.schema.ts'
import { quoteVisit } from '#services/bookings/quote.rules.ts'
import { type Terms } from '#services/bookings/terms.schema.ts'
import { type Pence, total } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'

const moment = (text: string): number => Date.parse(text)

/** Whether a draft holds only times that were offered, as long as they were offered: then the provider has said yes to it. */
export function isWithinOffer(draft: Choices, offer: Choices): boolean {
  const offered = new Set(offer.slots.map((slot) => `${moment(slot.startsAt)}|${moment(slot.endsAt)}`))
  return (
    draft.slots.length > 0 &&
    draft.slots.every((slot) => offered.has(`${moment(slot.startsAt)}|${moment(slot.endsAt)}`))
  )
}

/** What an offer comes to by the prices of the version that it was made on: they are frozen, so it is always the same. */
export function offerPrices(terms: Terms, choices: Choices): { each: Pence[]; total: Pence } {
  const each = choices.slots.map(
    ({ startsAt }) => quoteVisit(terms, Temporal.Instant.from(startsAt), choices.minutes).total,
  )
  return { each, total: total(each) }
}

/** 'Nobody has said yet', 'Fewer than 3 people have said', '7 of 9 people kept in control': never an average of two. */
export function experienceWords(counts: readonly number[]): string {
  const count = counts.reduce((all, n) => all + n, 0)
  if (count === 0) return 'Nobody has said yet how it was.'
  if (count < 3) return 'Fewer than 3 people have said how it was.'
  const well = (counts[3] ?? 0) + (counts[4] ?? 0)
  return `${String(well)} of ${String(count)} people said that it kept them in control.`
}

/** The first day from one on that is one of these days of the week. */
export function firstSuchDay(from: Temporal.PlainDate, days: readonly number[]): Temporal.PlainDate {
  for (let ahead = 0; ahead < 7; ahead += 1) {
    const day = from.add({ days: ahead })
    if (days.includes(day.dayOfWeek)) return day
  }
  return from
}
