import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { DonePanel } from '~/components/visit/visit.tsx'
import { run } from '~/http/run.server.ts'
import { readSealed } from '~/http/sealed-cookie.server.ts'

export const meta: MetaFunction = () => [{ title: 'Sent to the safeguarding team – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, request }) => {
    const reference = readSealed(deps, request, 'kith.concern')
    if (typeof reference !== 'string') return redirect('/concern')
    return { reference }
  })

export default function Sent() {
  const { reference } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack-l">
      <DonePanel
        state="Sent"
        title="The safeguarding team has it"
        lead={`Your reference is ${reference}. Write it down: you can quote it on the telephone.`}
        level={1}
      >
        <p>
          Somebody trained reads it, at the latest on the next working day, and decides what to do together
          with the person it is about. They may not be able to tell you what comes of it.
        </p>
        <p>
          If it gets worse, or somebody is in danger now, ring <strong>999</strong>.
        </p>
      </DonePanel>
      <p>
        <a href="/">Go to the first page</a>
      </p>
    </div>
  )
}
