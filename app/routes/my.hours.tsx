import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { myHoursPage } from '#services/employing/my-hours-page.server.ts'
import { Empty } from '~/components/empty/empty.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'My hours – Kith' }]

export const loader = (args: LoaderFunctionArgs) => run(args, ({ deps, actor }) => myHoursPage(deps, actor))

export default function MyHours() {
  const { jobs } = useLoaderData<typeof loader>()
  return (
    <div className="flow">
      <header className="stack-s">
        <h1>My hours</h1>
        <p className="lead">
          Every four weeks you write down the hours that you worked. Your employer says yes, and the payroll
          works out your pay.
        </p>
      </header>
      {jobs.length === 0 ? (
        <Empty title="Nobody employs you here" level={2}>
          <p>When somebody writes down that they employ you, with this e-mail address, it stands here.</p>
        </Empty>
      ) : (
        jobs.map((job) => (
          <section key={job.id} className="stack" aria-labelledby={`j-${job.id}`}>
            <h2 id={`j-${job.id}`}>For {job.employer}</h2>
            <ul className="plain grid grid-2">
              {job.sheets.map((sheet) => (
                <li key={sheet.id} className="card stack-s">
                  <h3>
                    <a href={`/my/assistants/${job.id}/hours/${sheet.id}`}>{sheet.period}</a>
                  </h3>
                  <p>
                    <Tag tone={sheet.tone}>{sheet.words}</Tag>
                  </p>
                  <p>{sheet.hours ?? 'Nothing written down yet'}</p>
                </li>
              ))}
            </ul>
          </section>
        ))
      )}
    </div>
  )
}
