/** One service in Easy Read: when, what if plans change, who checked it, what people say and how to ask. Pure. */
import type { ServiceFacts } from '#services/catalogue/service-facts.ts'
import type { ServicePage } from '#services/catalogue/service-page.server.ts'
import type { RatingCode } from '#services/discovery/card.ts'
import type { EasyLine, EasyPart, Picture } from './lines.ts'
import { line, lines, shareOfPrice, timeBefore } from './say.ts'
import type { EasyService } from './service-parts.rules.ts'

/** 'Tuesday 3 March at 9am' from 'Tuesday 3 March, 9am'. */
const atTime = (words: string): string => words.replace(', ', ' at ')

/** Kith's own number, as on every page. */
export const KITH_PHONE = '01632 960 100'

/** When it can next be had, on which days, and how early to ask. */
export function whenPart({ facts, page }: EasyService): EasyPart {
  const { nextFree, hours, whyNot, intoWeek } = page
  return {
    id: 'when',
    heading: 'When?',
    lines: lines(
      nextFree !== null
        ? line('day_free', `${intoWeek ? 'The next one is' : 'They are next free'} on ${atTime(nextFree)}.`)
        : whyNot === null && line('wait', 'They have no free time in the next 60 days.'),
      hours.length > 0
        ? line('calendar', 'These are the days and times:', { items: hours })
        : line('calendar', 'They have not said which days. Ask them.'),
      facts.funded === 'bought' &&
        facts.noticeHours > 0 &&
        line('clock', `Ask at least ${timeBefore(facts.noticeHours)} before.`),
    ),
  }
}

/** What it costs to cancel, what they do when they cannot come, and how to stop. */
export function changePart({ facts, page: { provider } }: EasyService): EasyPart {
  const bought = facts.funded === 'bought'
  return {
    id: 'change',
    heading: 'What if plans change?',
    lines: lines(
      bought && cancelLines(facts),
      bought && noAnswerLine(facts),
      bought &&
        line('free', `If they ${isAtHome(facts) ? 'do not come' : 'are not there'}, you pay nothing.`),
      facts.contingency === ''
        ? line('question', 'They have not said what they do if they cannot come.')
        : line('change', 'What do they do if they cannot come? They say:', {
            theirs: { by: provider.name, words: facts.contingency },
          }),
      bought && stopLine(facts),
    ),
  }
}

function cancelLines({ cancelWindowHours, cancelShareBps }: ServiceFacts): EasyLine[] {
  const share = shareOfPrice(cancelShareBps)
  if (share === null) return [line('cancel', 'You can cancel. It is always free.')]
  if (cancelWindowHours === 0) return [line('cancel', 'You can cancel until it starts. It is free.')]
  return [
    line('cancel', `You can cancel. It is free until ${timeBefore(cancelWindowHours)} before.`),
    line('price', `If you cancel later, you pay ${share}.`),
  ]
}

const isAtHome = ({ setting }: ServiceFacts): boolean => setting === 'at_home' || setting === 'live_in'

function noAnswerLine(facts: ServiceFacts): EasyLine {
  const share = shareOfPrice(facts.noAnswerShareBps) ?? 'nothing'
  return isAtHome(facts)
    ? line('front_door', `If there is no answer at your door, you pay ${share}.`)
    : line('calendar', `If you are not there, you pay ${share}.`)
}

const stopLine = ({ endNoticeDays }: ServiceFacts): EasyLine =>
  line(
    'stop',
    endNoticeDays === 0
      ? 'You can stop at any time.'
      : `You can stop. Tell them ${endNoticeDays === 1 ? '1 day' : `${String(endNoticeDays)} days`} before.`,
  )

const CHECKED: Readonly<Record<ServicePage['checks'][number]['kind'], readonly [Picture, string]>> = {
  identity: ['identity', 'who they are'],
  cqc_registration: ['clipboard', 'that they are on CQC’s list'],
  regulation_exemption: ['clipboard', 'that they may give this care'],
  user_led_status: ['peers', 'that people who use it run it'],
  dbs: ['record', 'their police records (DBS)'],
  insurance: ['umbrella', 'their insurance'],
  training: ['training', 'their training'],
  policies: ['rules', 'their rules for good work'],
}

/** Who checked what. One line of each kind: what holds comes before what has run out. */
function checkLines(checks: ServicePage['checks']): EasyLine[] {
  if (checks.length === 0) return [line('unchecked', 'Nobody has checked them yet.')]
  const kinds = [...new Set(checks.map(({ kind }) => kind))]
  return kinds.flatMap((kind): EasyLine[] => {
    const [picture, what] = CHECKED[kind]
    const all = checks.filter((check) => check.kind === kind)
    const good = all.find(({ tone, checked }) => tone !== 'stop' && checked !== null)
    if (good) {
      const when = good.checked === null ? '' : ` That was on ${good.checked}.`
      const words =
        good.by === null ? `This was checked: ${what}.${when}` : `${good.by} checked ${what}.${when}`
      return kind === 'dbs'
        ? [
            line(picture, words, { hard: 'DBS' }),
            line('learn', 'DBS shows if somebody has broken the law.', { hard: 'DBS' }),
          ]
        : [line(picture, words)]
    }
    return all.some(({ tone }) => tone === 'stop')
      ? [line('wait', `This check is too old now: ${what}.`)]
      : [line('unchecked', `This is not checked yet: ${what}.`)]
  })
}

const RATINGS: Readonly<Record<RatingCode, readonly EasyLine[]>> = {
  outstanding: [line('thumb', 'CQC says: outstanding. That means very good.', { hard: 'outstanding' })],
  good: [line('thumb', 'CQC says: good.', { hard: 'good' })],
  requires_improvement: [
    line('change', 'CQC says: requires improvement. That means it must get better.', {
      hard: 'requires improvement',
    }),
  ],
  inadequate: [
    line('danger', 'CQC says: inadequate. That means it is not good enough.', { hard: 'inadequate' }),
  ],
  not_yet_rated: [line('wait', 'CQC has not said yet how good it is.')],
  not_required: [line('clipboard', 'CQC does not inspect this kind of support.')],
}
/** What the regulator says, in the line of a result. */
export const ratingLine = (code: RatingCode): EasyLine => RATINGS[code][0] ?? line('clipboard', '')

const CQC_MEANS = line('clipboard', 'CQC is the group that inspects care in England.', { hard: 'CQC' })

/** Checks and the regulator, each by itself. */
export function safePart({ facts, page }: EasyService): EasyPart {
  const { regulator, checks } = page
  return {
    id: 'safe',
    heading: 'Is it checked?',
    lines: lines(
      CQC_MEANS,
      checkLines(checks),
      facts.regulation === 'exempt'
        ? line('clipboard', 'They give care that does not have to be on CQC’s list.')
        : ratingLine(regulator.rating),
      regulator.date !== null && line('calendar', `CQC said so on ${regulator.date}.`),
      regulator.href !== null &&
        line('page', 'You can read what CQC wrote. It is not Easy Read.', {
          link: { href: regulator.href, words: 'Read it on CQC’s own pages' },
        }),
      line('sad', 'Did something bad happen? You can tell somebody.', {
        link: { href: '/concern', words: 'Tell the adult safeguarding team' },
      }),
    ),
  }
}

const SAID: readonly (readonly [string, string])[] = [
  ['keptMeInControl', 'I was in control'],
  ['listened', 'They listened to me'],
  ['reliable', 'They came when they said'],
]

/** How many people said what, and some of their own words. Below three no figure is shown. */
export function saidPart({ page: { said, slug } }: EasyService): EasyPart {
  return {
    id: 'said',
    heading: 'What do people say?',
    lines:
      said.spreads.length === 0
        ? [line('say', FEWER_THAN_3)]
        : lines(
            line('people', `${String(said.count)} people have said how it was.`),
            SAID.flatMap(([key, words]) => {
              const spread = said.spreads.find((one) => one.key === key)
              return spread ? line('say', `${String(spread.good)} of them said: ${words}.`) : []
            }),
            said.reviews
              .slice(0, MOST_QUOTES)
              .map(({ comment, when }) =>
                line('own_words', 'Somebody who had it wrote:', { theirs: { by: when, words: comment } }),
              ),
            said.reviews.length > MOST_QUOTES &&
              line('page', 'More people wrote something. It is not Easy Read.', {
                link: { href: `/services/${slug}#voices`, words: 'Read what they wrote' },
              }),
          ),
  }
}
const MOST_QUOTES = 2
export const FEWER_THAN_3 = 'Fewer than 3 people have said how it was.'

const NOT_BOOKABLE: Readonly<Record<NonNullable<ServicePage['whyNot']>, readonly EasyLine[]>> = {
  off_register: [line('danger', 'CQC took it off its list. You cannot ask for it here.')],
  paused: [line('pause', 'You cannot ask for it just now.')],
  full: [line('pause', 'They take no new people just now. You can ring and ask when.')],
  sent_on_to: [line('council', 'You cannot book it here. Ask your council or your doctor.')],
  just_go: [line('out', 'You do not need to book. You can just go.')],
  agree_with_them: [line('phone', 'You do not book it here. Ring them to say when.')],
}

/** What to press, what happens then, and whom to ring. */
export function askPart({ page }: EasyService): EasyPart {
  const { whyNot, paying } = page
  return {
    id: 'ask',
    heading: 'How do I ask for it?',
    lines:
      whyNot !== null
        ? NOT_BOOKABLE[whyNot]
        : lines(
            line('press', 'Press the button “Ask for this support”.'),
            paying?.kind === 'anybody' && !paying.signedIn && line('lock', 'Then you sign in.'),
            line('calendar', 'You say the day and the time.'),
            line('money', 'You see the whole price, and which money pays.'),
            line('ask', 'Then we ask them for you.'),
            line('yes_no', 'They say yes or no. Nothing is booked before they say yes.'),
            line('page', 'The pages for asking are not in Easy Read yet.'),
            line('phone', `We can do them with you. Ring ${KITH_PHONE}.`),
          ),
  }
}

/** How to ask something before anything is asked for; nothing but ringing while they are not asked here. */
export function questionPart({ page: { asks, provider } }: EasyService): EasyPart {
  const writes = asks.length > 0
  return {
    id: 'question',
    heading: 'Can I ask a question first?',
    lines: lines(
      line('yes_no', 'Yes. Nothing is booked by asking.'),
      provider.phone !== null && line('phone', `You can ring them on ${provider.phone}.`),
      writes && line('press', 'You can write to them. Press “Ask a question”.'),
      writes && line('lock', 'They do not see your name.'),
      asks.includes('meet') && line('person', 'You can ask to meet who would come.'),
      asks.includes('visit') && line('home', 'You can ask to look round first.'),
      !writes && provider.phone === null && line('phone', `We can ask for you. Ring ${KITH_PHONE}.`),
    ),
  }
}
