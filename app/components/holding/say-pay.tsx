import { pounds } from '#services/kernel/money.ts'
import { LinkButton } from '../button/button.tsx'
import { Notice } from '../notice/notice.tsx'
import { OwedLines } from './owed-lines.tsx'

interface Waiting {
  payableId: string
  visitId: string | null
  provider: string
  own: boolean
  what: string
  pence: number
  refused: { by: string; on: string; reason: string } | null
}
export interface SayPayProps {
  page: {
    holder: { name: string; phone: string | null }
    managed: boolean
    mayManage: boolean
    waits: readonly Waiting[]
    waitsPence: number
    /** What this week's come to, where there are others besides. Pence. */
    thisWeek: number | null
  }
  path: string
}

/** What waits for the person's word: "Pay this" for each, and for all at once. */
export function SayPay({ page, path }: SayPayProps) {
  const { waits, holder, managed, mayManage } = page
  return (
    <section className="stack" aria-labelledby="waits">
      <h2 id="waits">Waits for your word</h2>
      {waits.length === 0 ? (
        <p>Nothing waits. When a visit that you said yes to is to be paid, it stands here.</p>
      ) : (
        <>
          <p>
            {waits.length === 1 ? 'One thing is' : `${String(waits.length)} things are`} owed,{' '}
            {pounds(page.waitsPence)} in all.{' '}
            {managed
              ? `${holder.name} pays when you say “pay this”.`
              : `Each is more than ${holder.name} may pay without asking you.`}
          </p>
          {mayManage && waits.length > 1 ? (
            <p className="row-s">
              <LinkButton href={`${path}/pay?all=yes`}>
                Pay all of these: {pounds(page.waitsPence)}
              </LinkButton>
              {page.thisWeek !== null && page.thisWeek > 0 ? (
                <LinkButton href={`${path}/pay?week=yes`} kind="second">
                  Pay all of this week: {pounds(page.thisWeek)}
                </LinkButton>
              ) : null}
            </p>
          ) : null}
          <OwedLines
            lines={waits}
            visits
            about={(line) =>
              line.refused ? (
                <Notice tone="stop">
                  <p>
                    {holder.name} did not pay it. {line.refused.by} wrote on {line.refused.on}: “
                    {line.refused.reason}”
                  </p>
                  <p>
                    You can ask again when it is put right, ring {holder.name}
                    {holder.phone ? ` on ${holder.phone}` : ''}, or <a href="/help">talk to your council</a>.
                  </p>
                </Notice>
              ) : null
            }
            press={(line) =>
              mayManage ? (
                <p>
                  <LinkButton href={`${path}/pay?pay=${line.payableId}`} kind="second" size="small">
                    {line.refused ? 'Ask again' : 'Pay this'}
                    <span className="vh">
                      : {line.what}, {pounds(line.pence)}
                    </span>
                  </LinkButton>
                </p>
              ) : null
            }
          />
        </>
      )}
    </section>
  )
}
