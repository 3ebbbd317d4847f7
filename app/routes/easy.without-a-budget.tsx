import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { easyWithoutBudgetPage } from '#services/easy-read/without-budget-page.server.ts'
import { Button, LinkButton } from '~/components/button/button.tsx'
import { EasyLines, EasyRead } from '~/components/easy-read/easy-read.tsx'
import { EasyResultCard, EasyResults } from '~/components/easy-read/easy-result.tsx'
import { TextField } from '~/components/forms/text-field.tsx'
import { originOf, publicPage } from '~/http/public-page.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, url }) => {
    const page = await easyWithoutBudgetPage(deps, url.searchParams)
    return data(page, { status: page.error ? 400 : 200 })
  })

export const meta: MetaFunction<typeof loader> = ({ matches, location }) => [
  ...publicPage(originOf(matches), {
    title: 'Without a budget, in Easy Read',
    description: 'What is free near you, and how to ask your council for more.',
    path: '/easy/without-a-budget',
  }),
  // Where somebody looked is nobody's to index.
  ...(location.search === '' ? [] : [{ name: 'robots', content: 'noindex' }]),
]

export default function EasyWithoutABudget() {
  const { lead, near, error, said, results, allHref, parts } = useLoaderData<typeof loader>()
  return (
    <>
      <header className="stack">
        <h1>Without a budget</h1>
        <EasyLines lines={lead} />
      </header>
      <section className="stack" aria-labelledby="now">
        <h2 id="now" tabIndex={-1}>
          What is free now
        </h2>
        <form className="easy-search" role="search" aria-label="Free support near a place">
          <TextField
            name="near"
            label="Where do you live?"
            hint="Type your postcode or your town."
            defaultValue={near}
            maxLength={80}
            error={error ?? undefined}
          />
          <p>
            <Button size="big">Show what is free</Button>
          </p>
        </form>
        <EasyLines lines={[said]} />
        {results.length > 0 ? (
          <EasyResults>
            {results.map((result, at) => (
              <EasyResultCard key={result.key} result={result} number={at + 1} level={3} />
            ))}
          </EasyResults>
        ) : null}
        {allHref === null ? null : (
          <p>
            <LinkButton href={allHref} kind="second" size="big">
              Show me all that is free
            </LinkButton>
          </p>
        )}
      </section>
      <EasyRead parts={parts} />
    </>
  )
}
