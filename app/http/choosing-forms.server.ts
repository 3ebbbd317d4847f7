import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { joinAnswers, questionOf, saveAnswer, throwAway } from '#services/choosing/choice-path.server.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { requireSameList } from '#services/shortlist/shortlist.policy.ts'
import { answer, readForm, text, texts } from './answer.server.ts'
import { choicesInBrowser, keepChoices } from './choosing.server.ts'
import { redirectWithNotice } from './notice.server.ts'
import { run } from './run.server.ts'

/**
 * The presses of the first page of "Help me choose", ordinary or in Easy Read.
 * @param base '/choose' or '/easy/choose': where they lead
 */
export const pressOfStart = (args: ActionFunctionArgs, base: string) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      requireSameList(actor, text(form, 'personId'))
      switch (text(form, 'intent')) {
        case 'throw_away': {
          const { inBrowser } = await throwAway(deps, actor)
          const gone = await redirectWithNotice(base, 'Your answers are thrown away.')
          if (inBrowser) gone.headers.append('Set-Cookie', keepChoices(deps, inBrowser))
          return gone
        }
        case 'use_browser': {
          const taken = await joinAnswers(deps, actor, choicesInBrowser(deps, request), 'instead')
          const now = await redirectWithNotice(
            base,
            taken ? 'The answers of this browser are in use now.' : 'This browser keeps no answers.',
          )
          if (taken) now.headers.append('Set-Cookie', keepChoices(deps, {}))
          return now
        }
        default:
          throw new DomainError('INVALID', 'Choose what to do.')
      }
    })
  })

/** The answer to one question, and on to the next. @param base as above */
export const answerToStep = (args: ActionFunctionArgs, base: string) =>
  run(args, async ({ deps, actor, request, params }) => {
    const { step } = questionOf(params['step'] ?? '')
    const form = await readForm(request)
    return answer(form, async () => {
      requireSameList(actor, text(form, 'personId'))
      const { next, inBrowser } = await saveAnswer(
        deps,
        actor,
        { step, intent: text(form, 'intent'), values: (name) => texts(form, name) },
        choicesInBrowser(deps, request),
      )
      return redirect(`${base}/${next ?? 'check'}`, {
        headers: inBrowser ? { 'Set-Cookie': keepChoices(deps, inBrowser) } : {},
      })
    })
  })
