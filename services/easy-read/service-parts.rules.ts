/** One service in Easy Read: what it is, what it needs, what it costs and who can pay. Pure. */
import { accessName } from '#services/catalogue/access.ts'
import type { DearerTime, ServiceFacts } from '#services/catalogue/service-facts.ts'
import type { ServicePage } from '#services/catalogue/service-page.server.ts'
import type { Paying } from '#services/catalogue/service-paying.server.ts'
import { duration } from '#services/kernel/time.ts'
import { pounds } from '#services/kernel/money.ts'
import type { EasyLine, EasyPart, Picture } from './lines.ts'
import { costs, line, lines } from './say.ts'
import { forWhomLines, kindLines, providerLine, settingLine } from './support.ts'

/** A service as the templates read it: facts, and what its page says of them. */
export interface EasyService {
  facts: ServiceFacts
  page: ServicePage & { paying: Paying | null }
}

/** What it is, who comes, where, and for whom. */
export function whatPart({ facts, page }: EasyService): EasyPart {
  const { provider } = page
  return {
    id: 'what',
    heading: 'What is it?',
    lines: lines(
      kindLines(facts.category),
      settingLine(facts.setting, facts.category, provider.name),
      facts.comes && line('near', comesWords(facts.comes)),
      facts.venue !== null && line('place', 'This is where it is:', { items: [facts.venue] }),
      forWhomLines(facts.audiences, { min: facts.minAge, max: facts.maxAge }),
      providerLine(provider.kind),
    ),
  }
}

const comesWords = ({ miles, from }: { miles: number; from: string | null }): string => {
  const far = miles === 1 ? '1 mile' : `${String(miles)} miles`
  return from === null ? `They come up to ${far}.` : `They come up to ${far} from ${from}.`
}

const ACCESS_PICTURES: Readonly<Record<string, Picture>> = {
  step_free: 'no_steps',
  wheelchair_space: 'wheelchair',
  accessible_toilet: 'toilet',
  changing_place: 'hoist',
  hoist: 'hoist',
  wheelchair_vehicle: 'van',
  hearing_loop: 'ear',
  british_sign_language: 'sign',
  easy_read: 'easy_read',
  quiet_space: 'quiet',
  assistance_dogs: 'dog',
  blue_badge_parking: 'parking',
}
export const accessPicture = (code: string): Picture => ACCESS_PICTURES[code] ?? 'wheelchair'

/** Getting in, being understood, and who comes. */
export function needPart({ facts }: EasyService): EasyPart {
  const { access, languages, workers } = facts
  return {
    id: 'need',
    heading: 'Can I join in?',
    lines: lines(
      access.length === 0
        ? line('wheelchair', 'They have not said if it is easy to get in. Ask them.')
        : line(accessPicture(access[0] ?? ''), 'They have this:', { items: access.map(accessName) }),
      languages.length === 0
        ? line('language', 'They speak English.')
        : languages.length === 1
          ? line('language', `They use ${languages[0] ?? ''}.`)
          : line('language', 'They use these languages:', { items: languages }),
      workers.length > 0 && line('worker', `You can ask for ${workers.map(oneOf).join(' or ')}.`),
    ),
  }
}
const oneOf = (code: string): string => (code === 'man' ? 'a man' : 'a woman')

const AT_DEARER_TIMES: Readonly<Record<DearerTime, readonly [Picture, string]>> = {
  weekend: ['dearer', 'On Saturday and Sunday'],
  bank_holiday: ['dearer', 'On bank holidays'],
  evening: ['evening', 'From 8pm to 7am'],
}

/** The whole price first, then what changes it. */
export function moneyPart({ facts: { price, funded } }: EasyService): EasyPart {
  return {
    id: 'money',
    heading: 'What does it cost?',
    lines:
      funded === 'free'
        ? [line('free', 'It is free. Nobody pays.')]
        : funded === 'commissioned'
          ? [line('free', 'It is free for you.'), line('council', 'A council or the NHS pays for it.')]
          : price
            ? priceLines(price)
            : [line('price', 'There is no price yet. Ask them.')],
  }
}

function priceLines(price: NonNullable<ServiceFacts['price']>): EasyLine[] {
  const { shortest } = price
  return lines(
    line('price', costs(price.total, price.unit)),
    line('money', price.travelIn ? 'Travel is in the price. You pay nothing more.' : 'You pay nothing more.'),
    shortest && line('length', shortestWords(shortest)),
    price.dearer.map(({ when, total }) => {
      const [picture, words] = AT_DEARER_TIMES[when]
      return line(picture, `${words} it costs ${pounds(total)}.`)
    }),
    price.unit === 'hour' &&
      (price.counted === 'booked_time'
        ? line('clock', 'You pay for the time that you booked.')
        : line(
            'clock',
            price.toleranceMinutes > 0
              ? 'You pay for the time it took. A few minutes more or less change nothing.'
              : 'You pay for the time it took.',
          )),
  )
}

const shortestWords = ({ minutes, total }: { minutes: number; total: number }): string =>
  minutes === 60
    ? 'The shortest visit is 1 hour.'
    : `The shortest visit is ${duration(minutes)}. It costs ${pounds(total)}.`

const BUDGET = line('purse', 'You can pay from a personal budget.', { hard: 'personal budget' })
const BUDGET_MEANS = line('council', 'This is money for your support. Often it is from the council.')

/** Which money can pay; for strangers, what money could. Nothing for what costs nothing. */
export function payingPart({ page: { paying, slug } }: EasyService): EasyPart | null {
  if (!paying) return null
  return { id: 'paying', heading: 'What money can pay?', lines: payingLines(paying, slug) }
}

function payingLines(paying: Paying, slug: string): EasyLine[] {
  if (paying.kind === 'anybody')
    return lines(
      BUDGET,
      BUDGET_MEANS,
      line('money', 'You can pay with your own money.'),
      !paying.signedIn &&
        line('lock', 'You can find out which of your money can pay.', {
          link: {
            href: `/sign-in?next=${encodeURIComponent(`/easy/services/${slug}`)}`,
            words: 'Sign in to find out',
          },
        }),
    )
  if (paying.kind === 'hidden') return [line('lock', `You may not see the money of ${paying.shortName}.`)]
  const { self, shortName, funds } = paying
  if (funds.length === 0)
    return [line('purse', `${self ? 'You have' : `${shortName} has`} no money here for it today.`)]
  return funds.map((fund) =>
    line(FUND_PICTURES[fund.pays], FUND_WORDS[fund.pays], {
      items: [fund.name],
      more:
        fund.pays === 'all' && fund.left > 0
          ? { label: 'In it today', words: pounds(fund.left) }
          : { label: 'Why', words: fund.why },
    }),
  )
}
const FUND_PICTURES = { all: 'purse_yes', part: 'part', none: 'purse_no' } as const
const FUND_WORDS = {
  all: 'This money can pay:',
  part: 'This money can pay a part:',
  none: 'This money cannot pay:',
} as const

/** What its provider wrote, whole and as theirs. */
export function ownWordsPart({ page }: EasyService): EasyPart {
  return {
    id: 'own-words',
    heading: 'What they say themselves',
    lines: [
      line('own_words', 'These are their own words. They may be hard to read.', {
        theirs: { by: page.provider.name, words: [page.summary, ...page.happens].join('\n') },
      }),
    ],
  }
}
