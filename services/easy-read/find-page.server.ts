import { findWithAnswer } from '#services/discovery/find-page.server.ts'
import { findHref, type Typed } from '#services/discovery/find.schema.ts'
import type { Actor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { SearchAnswer } from '#services/ports/search.ts'
import { easyHref } from './addresses.ts'
import { wishes, type Wish } from './home.ts'
import type { EasyLine, Picture } from './lines.ts'
import { resultOf, type EasyResult } from './result.rules.ts'
import { line, lines } from './say.ts'

/** More than this on a page is too much to look at. */
export const FEW_A_PAGE = 5

/** Beside the box for the place. */
const UNKNOWN_PLACE = 'We do not know that place. Type your postcode or your town.'

/** One way to change the list, with one press; `on` when it holds already, and then a press takes it off. */
export interface Change {
  picture: Picture
  words: string
  href: string
  on: boolean
}

export interface EasyFindPage {
  typed: { q: string; near: string }
  errors: Partial<Record<'q' | 'near', string>>
  /** Something in the address cannot be used. */
  wrong: boolean
  /** Nothing was looked for yet. */
  asked: boolean
  said: EasyLine[]
  results: EasyResult[]
  /** Number of the first on this page. */
  from: number
  changes: Change[]
  /** Other searches that find something, or more; and places with a name like what was typed. */
  ways: { label: string; href: string }[]
  back: string | null
  next: string | null
  wishes: Wish[]
}

/**
 * What `/easy/find` shows: five results, each in short sentences made of its facts; one box, one place, and pictures to press instead.
 * It finds what `/find` finds, in the same order. Never throws for what stands in the address.
 */
export async function easyFindPage(
  deps: Deps,
  actor: Actor,
  params: URLSearchParams,
  { again = false } = {},
): Promise<EasyFindPage> {
  const { page, answer, place } = await findWithAnswer(deps, actor, params, { perPage: FEW_A_PAGE, again })
  const { typed, errors, asked } = page
  const at = (number: number): string => easyHref(page.base + String(number))
  return {
    typed: { q: typed.q, near: typed.near },
    errors: {
      ...(errors.q === undefined ? {} : { q: 'We cannot look for that. Use fewer words.' }),
      ...(errors.near === undefined ? {} : { near: UNKNOWN_PLACE }),
    },
    wrong: Object.keys(errors).length > 0,
    asked,
    said: asked && answer ? saidLines(page, answer, place?.rough === true) : [],
    results: asked ? (answer?.hits ?? []).map(resultOf) : [],
    from: page.from,
    changes: asked && page.total > 0 ? changesOf(typed, place !== null) : [],
    ways: [...page.like, ...(page.total === 0 ? page.wider : [])].map(({ label, href }) => ({
      label,
      href: easyHref(href),
    })),
    back: page.page > 1 ? at(page.page - 1) : null,
    next: page.page < page.pages ? at(page.page + 1) : null,
    wishes: wishes(errors.near === undefined ? typed.near : ''),
  }
}

type Page = Awaited<ReturnType<typeof findWithAnswer>>['page']

/** What was looked for, what was made of it, and how much there is. */
function saidLines(page: Page, { words }: SearchAnswer, rough: boolean): EasyLine[] {
  const { total, from, to } = page
  return lines(
    line('search', 'This is what you looked for:', {
      items: [page.heading, ...page.chips.map(({ label }) => label)],
    }),
    words.corrected.map(({ typed, used }) => line('forms', `You typed “${typed}”. We looked for “${used}”.`)),
    words.unknown.length > 0 && line('question', 'Nothing here has these words:', { items: words.unknown }),
    words.loosely && line('question', 'Nothing has all of your words. These have some of them.'),
    rough && line('place', 'We know about where you are. So “how far” is not exact.'),
    total === 0
      ? [
          line('search', 'We found nothing like that.'),
          line('talk', 'Try other words, or ask a person.', {
            link: { href: '/help', words: 'Ask a person' },
          }),
        ]
      : [
          line(
            'options',
            total === 1
              ? 'We found 1.'
              : to - from + 1 === total
                ? `We found ${String(total)}. Here they are.`
                : `We found ${total.toLocaleString('en-GB')}. Here are numbers ${String(from)} to ${String(to)}.`,
          ),
        ],
  )
}

/** The four changes that matter most to most people. All else is on the ordinary page, and stays on when it was chosen there. */
function changesOf(typed: Typed, near: boolean): Change[] {
  const change = (picture: Picture, words: string, on: boolean, to: Partial<Typed>): Change => ({
    picture,
    words,
    href: easyHref(findHref(typed, to)),
    on,
  })
  const free = typed.max === '0'
  const home = typed.setting.length === 1 && typed.setting[0] === 'at_home'
  const nearest = typed.sort === 'near'
  const soonest = typed.sort === 'soonest'
  return [
    change('free', 'Only what is free', free, { max: free ? '' : '0', per: '' }),
    change('comes', 'Only people who come to me', home, { setting: home ? [] : ['at_home'] }),
    ...(near ? [change('near', 'The nearest first', nearest, { sort: nearest ? '' : 'near' })] : []),
    change('soon', 'The soonest first', soonest, { sort: soonest ? '' : 'soonest' }),
  ]
}
