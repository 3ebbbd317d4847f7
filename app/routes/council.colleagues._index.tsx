import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { colleaguesPage } from '#services/accounts/colleagues.server.ts'
import { roleWords, stepWords } from '~/components/second-step/words.ts'
import { Empty } from '~/components/empty/empty.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Colleagues – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ actor, deps }) => ({ colleagues: await colleaguesPage(deps, actor) }))

export default function Colleagues() {
  const { colleagues } = useLoaderData<typeof loader>()
  const without = colleagues.filter((one) => !one.app && one.passkeys === 0).length
  return (
    <div className="stack-l">
      <header className="stack-s">
        <h1>Colleagues</h1>
        <p className="lead">
          {without === 0
            ? 'Everybody has set up their second step.'
            : `${without === 1 ? 'One has' : `${String(without)} have`} not set up a second step yet. They are asked at their next sign-in.`}
        </p>
      </header>
      {colleagues.length === 0 ? (
        <Empty title="Nobody but you" level={2}>
          <p>Colleagues stand here once they have an account.</p>
        </Empty>
      ) : (
        <DataTable
          caption="Colleagues and their second step"
          rowHeader="name"
          cards
          columns={[
            { key: 'name', label: 'Name' },
            { key: 'does', label: 'What they do' },
            { key: 'where', label: 'Where' },
            { key: 'step', label: 'Second step' },
          ]}
          rows={colleagues.map((one) => ({
            key: one.userId,
            cells: {
              name: <a href={`/council/colleagues/${one.userId}`}>{one.name}</a>,
              does: roleWords(one),
              where: one.council,
              step: stepWords(one),
            },
          }))}
        />
      )}
    </div>
  )
}
