import {
  checkPage,
  startPage,
  type CheckPage,
  type StartPage,
} from '#services/choosing/answers-page.server.ts'
import { handfulWithHits, type Ease } from '#services/choosing/options-page.server.ts'
import type { Answers } from '#services/choosing/questions.ts'
import { questionPage, type QuestionPage } from '#services/choosing/question-page.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import { easyHref } from './addresses.ts'
import type { EasyLine, Picture } from './lines.ts'
import { CHOOSE_LEAD, EASY_QUESTIONS, type EasyAnswer } from './questions.ts'
import { EASY_REASONS } from './reasons.ts'
import { resultOf, type EasyResult } from './result.rules.ts'
import { line, lines } from './say.ts'

export interface EasyStartPage extends Omit<StartPage, 'talk'> {
  lead: readonly EasyLine[]
}

/** Where "Help me choose" begins or goes on. @throws as startPage */
export async function easyStartPage(deps: Deps, actor: Actor, inBrowser: Answers): Promise<EasyStartPage> {
  const { talk: _talk, ...page } = await startPage(deps, actor, inBrowser)
  return { ...page, href: easyHref(page.href), lead: CHOOSE_LEAD }
}

export interface EasyQuestionPage extends Omit<QuestionPage, 'fields' | 'talk' | 'why'> {
  picture: Picture
  lines: readonly EasyLine[]
  fields: (Omit<QuestionPage['fields'][number], 'options' | 'hint'> & {
    options: ({ value: string; label: string } & Omit<EasyAnswer, 'label'>)[]
  })[]
}

/** One question. @returns null for one that the answers so far do not lead to @throws as questionPage */
export async function easyQuestionPage(
  deps: Deps,
  actor: Actor,
  step: string,
  inBrowser: Answers,
): Promise<EasyQuestionPage | null> {
  const page = await questionPage(deps, actor, step, inBrowser)
  return page && inEasyWords(page)
}

/** Its own words for the question and its answers; an answer that is somebody's own, such as a fund, keeps its name. */
export function inEasyWords({ talk: _talk, why: _why, ...page }: QuestionPage): EasyQuestionPage {
  const easy = EASY_QUESTIONS[page.step]
  const asks = easy?.asks ?? page.asks
  return {
    ...page,
    asks,
    back: easyHref(page.back),
    picture: easy?.picture ?? 'question',
    lines: easy?.lines ?? [],
    fields: page.fields.map(({ hint: _hint, options, ...field }) => ({
      ...field,
      label: page.fields.length === 1 ? asks : (easy?.labels?.[field.name as 'day'] ?? field.label),
      options: options.map(({ value, label }) => {
        const { label: own, ...answer } = easy?.answers[value] ?? {}
        return { value, label: own ?? label, ...answer }
      }),
    })),
  }
}

export interface EasyCheckPage extends Omit<CheckPage, 'talk' | 'rows'> {
  rows: (CheckPage['rows'][number] & { picture: Picture })[]
}

/** All answers, to check and to change; null before the first. @throws as checkPage */
export async function easyCheckPage(
  deps: Deps,
  actor: Actor,
  inBrowser: Answers,
): Promise<EasyCheckPage | null> {
  const page = await checkPage(deps, actor, inBrowser)
  if (!page) return null
  const { talk: _talk, rows, ...rest } = page
  return {
    ...rest,
    rows: rows.map((row) => ({
      ...row,
      about: EASY_QUESTIONS[row.step]?.asks ?? row.about,
      picture: EASY_QUESTIONS[row.step]?.picture ?? 'question',
    })),
  }
}

export interface EasyOptionsPage {
  whose: CheckPage['whose']
  options: (EasyResult & { reasons: string[] })[]
  said: EasyLine[]
  ease: Ease[]
  total: number
  seeAll: string
  /** Who can talk with somebody, near them, in their own words and by telephone. */
  people: { name: string; phone: string }[]
}

/** What may suit somebody, with reasons; null before the first answer. Found and ordered as on the ordinary page. @throws as optionsPage */
export async function easyOptionsPage(
  deps: Deps,
  actor: Actor,
  inBrowser: Answers,
  { again = false } = {},
): Promise<EasyOptionsPage | null> {
  const found = await handfulWithHits(deps, actor, inBrowser, { words: EASY_REASONS, again })
  if (!found) return null
  const { page, hits, near } = found
  return {
    whose: page.whose,
    options: hits.map((hit, at) => ({ ...resultOf(hit), reasons: page.options[at]?.reasons ?? [] })),
    said: saidLines(hits.length, near),
    ease: page.ease.map((one) => ({
      ...one,
      see: easyHref(one.see),
      change: one.change && { ...one.change, href: easyHref(one.change.href) },
    })),
    total: page.total,
    seeAll: easyHref(page.seeAll),
    people: page.talk.people.map(({ name, phone }) => ({ name, phone })),
  }
}

function saidLines(count: number, near: string | null): EasyLine[] {
  if (count === 0)
    return [
      line('search', 'Nothing fits all of your answers.'),
      line('thumb', 'You did nothing wrong. You can ask for a bit less.'),
    ]
  return lines(
    line('keep', 'Keep what you like. Nothing is booked.'),
    line('less', 'Nobody can pay us to be here.'),
    near === null && line('place', 'You gave no place. So some may be far away.'),
  )
}
