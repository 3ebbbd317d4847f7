import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { decideLine } from '#services/monitoring/decide-line.server.ts'
import { importMonitoring, type MonitoringRead } from '#services/monitoring/import-monitoring.server.ts'
import { monitoringPage } from '#services/monitoring/monitoring-page.server.ts'
import { Button, LinkButton } from '~/components/button/button.tsx'
import { Card, Total } from '~/components/card/card.tsx'
import { LeftOut } from '~/components/council-money/left-out.tsx'
import { MoneyHead, many } from '~/components/council-money/page-head.tsx'
import { Term } from '~/components/details/details.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { FileField } from '~/components/forms/file-field.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { answer, readFormWithFile, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { textFileOf } from '~/http/text-file.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Actual times of visits – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => monitoringPage(deps, actor, url.searchParams.get('council')))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readFormWithFile(request)
    return answer(form, async () => {
      if (text(form, 'intent') === 'decide') {
        const decided = await decideLine(deps, actor, {
          lineId: text(form, 'lineId'),
          decision: text(form, 'decision'),
        })
        return redirectWithNotice(
          '/council/money/monitoring',
          decided === 'approved' ? 'The longer time is paid.' : 'What was booked is paid, and no more.',
        )
      }
      const read = await importMonitoring(deps, actor, {
        councilId: text(form, 'councilId'),
        ...(await textFileOf(form)),
      })
      return data({ read })
    })
  })

export default function Monitoring() {
  const { councilId, imports, waiting } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const read = useActionData<{ read?: MonitoringRead }>()?.read
  const errors = read ? undefined : answered?.errors
  return (
    <div className="stack-l">
      <MoneyHead title="Actual times of visits" csv="/council/money/monitoring.csv" />
      <ErrorSummary errors={errors} />
      {read ? <WhatItDid read={read} /> : null}
      <Total
        sentence={
          waiting.length === 0
            ? 'No visit waits for somebody to approve its time.'
            : `${many(waiting.length, 'visit was', 'visits were')} longer than booked and ${waiting.length === 1 ? 'waits' : 'wait'} for you.`
        }
      />
      {waiting.map((one) => (
        <Card key={one.id} labelledBy={`visit-${one.id}`}>
          <h2 id={`visit-${one.id}`}>
            {one.person}, {one.when}
          </h2>
          <p>
            {one.provider}. Booked {one.booked} for {pounds(one.quoted)}; it was {one.was}, which costs{' '}
            {pounds(one.cost)}.
          </p>
          <form method="post" encType="multipart/form-data" className="row">
            <input type="hidden" name="intent" value="decide" />
            <input type="hidden" name="lineId" value={one.id} />
            <Button name="decision" value="approve" kind="second">
              {`Pay ${pounds(one.cost)}`}
            </Button>
            <Button name="decision" value="refuse" kind="second">
              {`Pay what was booked, ${pounds(one.quoted)}`}
            </Button>
          </form>
        </Card>
      ))}
      <form
        method="post"
        encType="multipart/form-data"
        className="card stack"
        noValidate
        aria-labelledby="file-title"
      >
        <h2 id="file-title">Import a file</h2>
        <p>
          The person is told, and has 7 days to say that it was different. Where nobody came, the provider has
          48 hours to say that they did. Only then it counts.
        </p>
        <Term asks="What has to be in the file?">
          One line for a visit, with the columns Visit (our reference), or Supplier, Case, Date and Start; and
          Minutes, 0 when nobody came. The list below has all but the minutes.
        </Term>
        <p>
          <LinkButton href="/council/money/monitoring/visits.csv" kind="second" size="small" download>
            Visits that wait for their time (CSV)
          </LinkButton>
        </p>
        <input type="hidden" name="intent" value="import" />
        <input type="hidden" name="councilId" value={councilId} />
        <FileField
          name="file"
          label="Monitoring file (CSV)"
          accept=".csv,text/csv"
          error={errors?.['file']}
        />
        <p>
          <Button>Read the file</Button>
        </p>
      </form>
      {imports.length === 0 ? (
        <Empty title="No file was imported yet" level={2} />
      ) : (
        <DataTable
          caption="Files that were imported, newest first"
          columns={[
            { key: 'file', label: 'File' },
            { key: 'on', label: 'Imported on' },
            { key: 'rows', label: 'Lines', numeric: true },
            { key: 'used', label: 'Used', numeric: true },
          ]}
          rows={imports.map((one) => ({
            key: one.id,
            cells: { file: one.fileName, on: one.importedOn, rows: String(one.rows), used: String(one.used) },
          }))}
        />
      )}
    </div>
  )
}

function WhatItDid({ read }: { read: MonitoringRead }) {
  if (read.importId === null)
    return (
      <Notice status title="This file was imported before" level={2}>
        <p>Nothing was changed.</p>
      </Notice>
    )
  return (
    <>
      <Notice status title="The file is read" level={2}>
        <ul>
          <li>{many(read.delivered, 'visit was', 'visits were')} made as booked, or shorter.</li>
          <li>{many(read.missed, 'visit was', 'visits were')} missed.</li>
          <li>
            {many(read.waits, 'visit was', 'visits were')} longer than booked and{' '}
            {read.waits === 1 ? 'waits' : 'wait'} for you.
          </li>
          {read.already > 0 ? (
            <li>{many(read.already, 'line', 'lines')} had been said before and changed nothing.</li>
          ) : null}
        </ul>
      </Notice>
      <LeftOut problems={read.problems} />
    </>
  )
}
