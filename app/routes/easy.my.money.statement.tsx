import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { statementPage } from '#services/invoicing/statement-page.server.ts'
import { EasyRead } from '~/components/easy-read/easy-read.tsx'
import { Tabs } from '~/components/navigation/navigation.tsx'
import { PrintButton } from '~/components/print/print-button.tsx'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `Statement${page ? `, ${page.words}` : ''}, in Easy Read – Kith` },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) => {
    toCircleWithoutPerson(actor)
    const { words, from, running, tabs, easy } = await statementPage(
      deps,
      actor,
      url.searchParams.get('from'),
    )
    return { words, from, running, tabs, easy }
  })

export default function EasyStatement() {
  const { words, running, tabs, easy } = useLoaderData<typeof loader>()
  const none = easy.every(({ id }) => !id.startsWith('fund-'))
  return (
    <>
      <header className="stack">
        <h1>Statement, {words}</h1>
        <p className="no-print">
          <PrintButton />
        </p>
      </header>
      <div className="no-print">
        <Tabs
          label="Four weeks"
          tabs={tabs.map(({ label, from, current }) => ({
            label,
            href: `/easy/my/money/statement?from=${from}`,
            current,
          }))}
        />
      </div>
      {running ? <p>These four weeks are not over yet.</p> : null}
      {none ? <p>There was no money in these four weeks.</p> : <EasyRead parts={easy} />}
    </>
  )
}
