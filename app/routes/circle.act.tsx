import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { landingPage, safeNext } from '#services/accounts/landing.rules.ts'
import { startActing, stopActing } from '#services/circle/acting.server.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { signedInFor } from '~/http/actor.server.ts'
import { readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = () => redirect('/my/circle')

/** Begins and ends doing things for somebody else; pages say whom for, on every page, from the next one on. */
export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    const next = safeNext(text(form, 'next'))
    switch (text(form, 'intent')) {
      case 'start': {
        const name = await startActing(deps, actor, { authorityId: text(form, 'authorityId') })
        return redirectWithNotice(next ?? '/my/week', `You are now doing things for ${name}.`)
      }
      case 'stop': {
        await stopActing(deps, actor)
        const signedIn = await signedInFor(args)
        return redirect(next ?? (signedIn ? landingPage(signedIn) : '/'))
      }
      default:
        throw new DomainError('INVALID', 'Choose whom to do things for.')
    }
  })

/** A page of its own, though nobody stays on it: without one, Remix answers a refusal with a line of JSON. */
export default function Act() {
  return null
}
