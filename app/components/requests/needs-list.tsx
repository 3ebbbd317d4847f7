import { SummaryList } from '../summary-list/summary-list.tsx'

/** What is asked for, in the words that both sides read. */
export interface NeedsInWords {
  category: string
  who: string
  setting: string
  where: string
  when: string
  length: string
  starts: string
  matters: string
  pays: string
}

export function NeedsList({ words, away }: { words: NeedsInWords; away?: string | null }) {
  return (
    <SummaryList
      rows={[
        { term: 'Kind of support', value: words.category },
        { term: 'For whom', value: words.who },
        {
          term: 'Where',
          value: (
            <>
              {words.where}. {words.setting}.
              {away ? (
                <>
                  <br />
                  <span className="small soft">{away}</span>
                </>
              ) : null}
            </>
          ),
        },
        { term: 'When', value: words.when },
        { term: 'How long', value: `${words.length} a visit` },
        { term: 'Starting', value: words.starts },
        { term: 'What matters', value: <Words text={words.matters} /> },
        { term: 'Kind of money', value: words.pays },
      ]}
    />
  )
}

/** Somebody's own words, with their line ends. */
export function Words({ text }: { text: string }) {
  const lines = text.split('\n')
  return (
    <>
      “
      {lines.map((line, index) => (
        <span key={`${String(index)} ${line}`}>
          {index > 0 ? <br /> : null}
          {line}
        </span>
      ))}
      ”
    </>
  )
}
