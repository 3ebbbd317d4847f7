import { pounds } from '#services/kernel/money.ts'
import { DataTable } from '../table/data-table.tsx'
import { Tag, type Tone } from '../tag/tag.tsx'

export interface Movement {
  id: string
  day: string
  what: string
  kind: string | null
  card: string
  pence: number
  stands: string
  tone: 'ok' | 'asked' | 'off'
  why: string | null
}

const TONES: Readonly<Record<Movement['tone'], Tone>> = { ok: 'done', asked: 'asked', off: 'plain' }

/** What was bought, refused and given back with the cards of one fund. */
export function Movements({
  fund,
  movements,
  manyCards,
}: {
  fund: string
  movements: readonly Movement[]
  manyCards: boolean
}) {
  return (
    <DataTable
      caption={`With the card of ${fund}, newest first`}
      rowHeader="what"
      columns={[
        { key: 'day', label: 'Day', nowrap: true },
        { key: 'what', label: 'Where' },
        { key: 'stands', label: 'How it stands' },
        { key: 'pence', label: 'Amount', numeric: true, nowrap: true },
      ]}
      rows={movements.map((one) => ({
        key: one.id,
        cells: {
          day: one.day,
          what: (
            <>
              {one.what}
              {one.kind ? (
                <>
                  <br />
                  <span className="pay-more">{one.kind}</span>
                </>
              ) : null}
              {manyCards ? (
                <>
                  <br />
                  <span className="pay-more">{one.card}</span>
                </>
              ) : null}
              {one.why ? (
                <>
                  <br />
                  <span className="pay-more">{one.why}</span>
                </>
              ) : null}
            </>
          ),
          stands: <Tag tone={TONES[one.tone]}>{one.stands}</Tag>,
          pence: pounds(one.pence),
        },
      }))}
    />
  )
}
