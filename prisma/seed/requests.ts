import { isOffered } from '#services/availability/hours.rules.ts'
import { choicesOf } from '#services/bookings/start-draft.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Prisma } from '#services/db/generated/client.ts'
import { Temporal } from '#services/kernel/time.ts'
import { offerPrices } from '#services/requests/offer.rules.ts'
import { at, column, DAY, HOUR, insertRows, wallMs, type Kit } from './kit.ts'
import type { SeededPerson } from './people.ts'
import type { SeededService } from './services.ts'

export interface RequestRows {
  requests: Prisma.SupportRequestCreateManyInput[]
  offers: Prisma.SupportOfferCreateManyInput[]
}

/** Who answered Joan, with what. Nobody is told: the pages show it, and the news of today stays what it is. */
const ANSWERS = 'cooking-and-housework-with-samina-samina-bashir'

/** Two people found nothing that fits and say what they need; one of them has had an offer. */
export function makeRequests(
  kit: Kit,
  people: readonly SeededPerson[],
  services: readonly SeededService[],
): RequestRows {
  const named = (name: string): SeededPerson => {
    const person = people.find(({ seed }) => seed.name === name)
    if (!person) throw new Error(`Nobody is called ${name}`)
    return person
  }
  const ask = (
    name: string,
    daysAgo: number,
    openDays: number,
    needs: Pick<
      Prisma.SupportRequestCreateManyInput,
      | 'categoryCode'
      | 'audiences'
      | 'setting'
      | 'outcode'
      | 'days'
      | 'fromMinute'
      | 'untilMinute'
      | 'minutes'
      | 'matters'
      | 'fundKinds'
    >,
  ): Prisma.SupportRequestCreateManyInput => {
    const person = named(name)
    const ms = kit.nowMs - daysAgo * DAY
    const lastDay = kit.today.add({ days: openDays - daysAgo + 1 })
    return {
      id: kit.id(ms),
      personId: person.id,
      repeats: true,
      startsOn: column(kit.today.add({ days: 7 })),
      openUntil: at(wallMs(lastDay, 0)),
      createdById: person.userId,
      createdAt: at(ms),
      ...needs,
    } // prettier-ignore
  }
  const joan = ask('Joan Ellery', 3, 21, {
    categoryCode: 'help_at_home',
    audiences: ['brain_injury', 'older_people'],
    setting: 'at_home',
    outcode: 'AM1',
    days: [2, 4],
    fromMinute: 600,
    untilMinute: 840,
    minutes: 90,
    matters:
      'Somebody to cook with me, not for me. My left hand is slow, so it takes time, and I would like to use it.',
    fundKinds: ['adult_social_care'],
  })
  const tariq = ask('Tariq Iqbal', 1, 14, {
    categoryCode: 'getting_out',
    audiences: ['older_people', 'long_term_condition'],
    setting: 'in_community',
    outcode: 'AM2',
    days: [5],
    fromMinute: 690,
    untilMinute: 900,
    minutes: 120,
    matters:
      'To Friday prayers and back, at a walking pace with rests. Somebody who does not mind waiting outside.',
    fundKinds: ['adult_social_care', 'own_money'],
  })
  const offer = offerFor(kit, joan, services)
  return { requests: [joan, tariq], offers: offer ? [offer] : [] }
}

/** Four weeks from the first Tuesday on which they are open at eleven. */
function offerFor(
  kit: Kit,
  request: Prisma.SupportRequestCreateManyInput,
  services: readonly SeededService[],
): Prisma.SupportOfferCreateManyInput | null {
  const service = services.find(({ slug }) => slug === ANSWERS)
  if (!service) throw new Error(`Nothing is called ${ANSWERS}`)
  for (let ahead = 8; ahead < 36; ahead += 1) {
    const day = kit.today.add({ days: ahead })
    if (day.dayOfWeek !== 2) continue
    const choices = choicesOf({
      firstDate: day.toString(),
      time: '11:00',
      minutes: 90,
      visits: 4,
      without: [],
    })
    const open = choices.slots.every(({ startsAt, endsAt }) =>
      isOffered(
        service.hours,
        service.closed,
        Temporal.Instant.from(startsAt),
        Temporal.Instant.from(endsAt),
      ),
    )
    if (!open) continue
    const ms = kit.nowMs - 20 * HOUR
    return {
      id: kit.id(ms),
      requestId: request.id,
      providerId: service.provider.id,
      serviceId: service.id,
      serviceVersionId: service.versionId,
      choices,
      quotedPence: offerPrices(service.terms, choices).total,
      message:
        'I like to teach as I go, and I am in no hurry. We could begin with a soup, and you would do the stirring.',
      holdsUntil: at(wallMs(kit.today.add({ days: 7 }), 0)),
      createdAt: at(ms),
    }
  }
  return null
}

export async function writeRequests(tx: Tx, rows: RequestRows): Promise<void> {
  await insertRows(tx, 'request_for_support', rows.requests)
  await insertRows(tx, 'support_offer', rows.offers)
}
