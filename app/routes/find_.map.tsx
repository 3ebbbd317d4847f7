import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { safeNext } from '#services/accounts/landing.rules.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { readForm, text } from '~/http/answer.server.ts'
import { keepMapHidden } from '~/http/map-choice.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = () => redirect('/find')

/** "Hide the map" and "Show the map", pressed beside results. */
export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ request }) => {
    const form = await readForm(request)
    const wanted = text(form, 'map')
    if (wanted !== 'hide' && wanted !== 'show')
      throw new DomainError(
        'INVALID',
        'Nothing was changed. Open the page again and press the button once more.',
      )
    return redirect(backTo(form, request), {
      headers: { 'Set-Cookie': await keepMapHidden(wanted === 'hide') },
    })
  })

/** The search it was pressed on. A browser that loads it anew is brought back to the map; with scripts nothing has moved. */
function backTo(form: FormData, request: Request): string {
  const next = safeNext(text(form, 'next'))
  const page = next && /^\/find(\?|$)/.test(next) ? next : '/find'
  const loadsAnew = request.headers.get('Accept')?.includes('text/html') ?? false
  return loadsAnew ? `${page}#map` : page
}

/** A page of its own, though nobody stays on it: without one, Remix answers a refusal with a line of JSON. */
export default function ChooseMap() {
  return null
}
