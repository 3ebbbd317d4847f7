import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { forgetSearch, savedSearchesPage, saveSearch } from '#services/discovery/saved-searches.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Searches you keep – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor }) => savedSearchesPage(deps, actor))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    const personId = text(form, 'personId')
    return answer(form, async () => {
      if (text(form, 'intent') === 'forget') {
        await forgetSearch(deps, actor, { personId, id: text(form, 'id') })
        return redirectWithNotice('/my/searches', 'Let go. You are told of it no more.')
      }
      const name = await saveSearch(deps, actor, { personId, address: text(form, 'address') })
      return redirectWithNotice('/my/searches', `Kept: ${name}. You are told when something new fits.`)
    })
  })

export default function SavedSearches() {
  const { person, searches } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <>
      <div className="stack">
        <BackLink href="/find">Find support</BackLink>
        <h1>{person.self ? 'Searches you keep' : `Searches kept for ${person.shortName}`}</h1>
        <p className="lead">
          Each is asked anew every morning. When something fits that did not before,{' '}
          {person.self ? 'you are' : `${person.shortName} is`} told.
        </p>
        <ErrorSummary errors={answered?.errors} />
      </div>
      {searches.length === 0 ? (
        <Empty title="No search is kept yet" level={2}>
          <p>Look for something. Below the results you can keep the search.</p>
          <p className="go">
            <a href="/find">Find support</a>
          </p>
        </Empty>
      ) : (
        <ul className="plain stack">
          {searches.map(({ id, name, href, fits, savedOn }) => (
            <li key={id} className="card stack-s">
              <h2>
                <a href={href}>{name}</a>
              </h2>
              <p className="small">
                Kept since {savedOn}.{' '}
                {fits === 0
                  ? 'Nothing new since the last time.'
                  : `${fits === 1 ? 'One thing was' : `${String(fits)} things were`} new this morning.`}
              </p>
              <form method="post">
                <input type="hidden" name="personId" value={person.id} />
                <input type="hidden" name="id" value={id} />
                <Button kind="quiet" size="small" name="intent" value="forget">
                  Let it go<span className="vh">: {name}</span>
                </Button>
              </form>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
