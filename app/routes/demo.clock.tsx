import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { moveDemoClock, moveDemoClockSchema } from '#services/accounts/move-demo-clock.server.ts'
import { safeNext } from '#services/accounts/landing.rules.ts'
import { DomainError, isDomainError, notFound } from '#services/kernel/errors.ts'
import { readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps }) => {
    if (!deps.settings.demo) throw notFound()
    return redirect('/demo')
  })

/** `next` is the page to come back to, so that a visit's own page can offer to go past the visit. */
export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    const visitId = text(form, 'visitId')
    const input = moveDemoClockSchema.safeParse({ step: text(form, 'step'), ...(visitId ? { visitId } : {}) })
    const back = safeNext(text(form, 'next')) ?? '/demo'
    if (!deps.settings.demo) throw notFound()
    if (!input.success) throw new DomainError('INVALID', 'Choose how far to move the clock.')
    try {
      const now = await moveDemoClock(deps, actor, input.data)
      return await redirectWithNotice(back, `The demo’s clock was moved forward. It is now ${now}.`)
    } catch (error) {
      if (isDomainError(error) && error.code === 'REFUSED_BY_RULE')
        return redirectWithNotice(back, error.publicMessage)
      throw error
    }
  })

/** A page of its own, though nobody stays on it: without one, Remix answers a refusal with a line of JSON. */
export default function Clock() {
  return null
}
