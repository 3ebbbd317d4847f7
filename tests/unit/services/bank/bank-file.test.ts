import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chosenLayout, findLayout } from '#services/bank/bank-layout.rules.ts'
import { readLines } from '#services/bank/bank-lines.rules.ts'
import { readRecords } from '#services/bank/read-bank-file.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'

const TODAY = Temporal.PlainDate.from('2026-11-28')

async function read(given: string | Uint8Array) {
  const records = await readRecords(given)
  const layout = findLayout(records.map(({ cells }) => cells))
  if (!layout) throw new Error('no heading found')
  const { lines, refused } = readLines(records, layout, TODAY)
  return {
    lines: lines.map(({ line, on, description, pence, occurrence }) => [
      line,
      on.toString(),
      description,
      pence,
      occurrence,
    ]),
    refused: refused.map(({ line, why }) => [line, why]),
  }
}
const only = async (text: string) => (await read(text)).lines

describe('the layouts that banks use', () => {
  test('one signed amount, with a type and a balance', async () => {
    expect(
      await only(
        'Date,Type,Description,Value,Balance,Account Name,Account Number\r\n02 Nov 2026,D/D,"WEAVERS CARE, K7F3 9QXD",-27.50,392.50,MRS A TEST,000000-00000000\r\n',
      ),
    ).toEqual([[2, '2026-11-02', 'WEAVERS CARE, K7F3 9QXD', -2_750, 1]])
  })
  test('money in and money out apart', async () => {
    expect(
      await only(
        'Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance\n03/11/2026,FPI,00-00-00,00000000,A COUNCIL,,420.00,420.00\n04/11/2026,FPO,00-00-00,00000000,A PROVIDER,"1,027.50",,392.50\n',
      ),
    ).toEqual([
      [2, '2026-11-03', 'A COUNCIL', 42_000, 1],
      [3, '2026-11-04', 'A PROVIDER', -102_750, 1],
    ])
  })
  test('lines about the account above the heading, pound signs, and zeros in the other column', async () => {
    expect(
      await only(
        '"Account Name:","Day to day ****1234"\n"Account Balance:","£392.50"\n\n"Date","Transaction type","Description","Paid out","Paid in","Balance"\n"04 Nov 2026","Payment to","A PROVIDER","£27.50","£0.00","£392.50"\n',
      ),
    ).toEqual([[5, '2026-11-04', 'A PROVIDER', -2_750, 1]])
  })
  test('money out with a minus in its own column, on every line', async () => {
    expect(
      await only(
        'Date,Details,Money Out,Money In\n04/11/2026,ONE,-27.50,\n05/11/2026,TWO,-10.00,\n06/11/2026,THREE,,5.00\n',
      ),
    ).toEqual([
      [2, '2026-11-04', 'ONE', -2_750, 1],
      [3, '2026-11-05', 'TWO', -1_000, 1],
      [4, '2026-11-06', 'THREE', 500, 1],
    ])
  })
  test('an amount with a column of CR and DR', async () => {
    expect(
      await only('Posting Date,Narrative,Amount,CR/DR\n04/11/2026,ONE,27.50,DR\n05/11/2026,TWO,60.00,CR\n'),
    ).toEqual([
      [2, '2026-11-04', 'ONE', -2_750, 1],
      [3, '2026-11-05', 'TWO', 6_000, 1],
    ])
  })
  test('the name and the reference in columns of their own are both kept', async () => {
    expect(
      await only(
        'Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP)\n2026-11-04,Weavers Care,K7F3 9QXD,FASTER PAYMENT,-27.50,1.00\n',
      ),
    ).toEqual([[2, '2026-11-04', 'Weavers Care K7F3 9QXD', -2_750, 1]])
  })
  test('UTF-8 with and without its mark, and Windows-1252', async () => {
    const text = 'Date,Description,Amount (£)\n04/11/2026,Café £5 – Élodie,-5.00\n'
    const bytes = new TextEncoder().encode(text)
    const marked = Uint8Array.from([0xef, 0xbb, 0xbf, ...bytes])
    const old = Uint8Array.from(text, (letter) => (letter === '–' ? 0x96 : letter.charCodeAt(0)))
    for (const given of [bytes, marked, old])
      expect((await read(given)).lines).toEqual([[2, '2026-11-04', 'Café £5 – Élodie', -500, 1]])
  })
  test('equal lines are told apart by their number among equals', async () => {
    const line = '04/11/2026,A PROVIDER,-5.00\n'
    expect(
      (await only(`Date,Description,Amount\n${line}${line}05/11/2026,A PROVIDER,-5.00\n`)).map(
        (one) => one[4],
      ),
    ).toEqual([1, 2, 1])
  })
})

describe('what is refused, with its line', () => {
  test.each([
    ['three decimals', '04/11/2026,X,5.005', 'its amount has more than two decimals'],
    ['20 digits', '04/11/2026,X,12345678901234567890', 'its amount is larger than any account of ours'],
    ['no amount', '04/11/2026,X,', 'it has no amount'],
    ['nothing', '04/11/2026,X,0.00', 'its amount is nothing'],
    ['cut off', '04/11/2026,X', 'it has 2 columns instead of 3: it was cut off'],
    ['a comma without quotes', '04/11/2026,X,Y,5.00', 'it has more than 3 columns'],
    ['a quote never closed', '04/11/2026,"X,5.00', 'its quotation marks do not match'],
    ['a date that is none', 'Total,X,5.00', 'its date is not one that can be read'],
    ['a day that does not exist', '30/02/2026,X,5.00', 'its date does not exist'],
    ['a day to come', '04/12/2026,X,5.00', 'its date is in the future'],
    ['no words', '04/11/2026,  ,5.00', 'it does not say who or what it was'],
    ['a formula', '04/11/2026,X,=1+1', 'its amount is not one that can be read'],
  ])('%s', async (_name, line, why) => {
    const found = await read(
      `Date,Description,Amount\n03/11/2026,BEFORE,1.00\n${line}\n05/11/2026,AFTER,2.00\n`,
    )
    expect(found.refused).toEqual([[3, why]])
    // A bad line costs no other.
    expect(found.lines.map((one) => one[2])).toEqual(['BEFORE', 'AFTER'])
  })
  test.each([
    ['both columns', '04/11/2026,X,5.00,5.00', 'it has money in and money out'],
    ['neither column', '04/11/2026,X,,', 'it has no amount'],
    ['a minus in money in', '04/11/2026,X,,-5.00', 'its amount has a minus where none belongs'],
  ])('money in and out: %s', async (_name, line, why) => {
    const found = await read(`Date,Details,Paid out,Paid in\n03/11/2026,BEFORE,1.00,\n${line}\n`)
    expect(found.refused).toEqual([[3, why]])
  })
  test('another currency, and what the bank has not booked', async () => {
    const found = await read(
      'Date,Description,Amount,Currency,Status\n04/11/2026,X,5.00,EUR,Completed\n04/11/2026,X,5.00,GBP,Pending\n04/11/2026,X,5.00,GBP,Completed\n',
    )
    expect(found.refused).toEqual([
      [2, 'it is not in pounds'],
      [3, 'the bank has not booked it'],
    ])
    expect(found.lines).toHaveLength(1)
  })
  test('a file that was cut off in its last line', async () => {
    const found = await read('Date,Description,Amount,Balance\n04/11/2026,X,5.00,5.00\n05/11/2026,Y,2.')
    expect(found.lines).toHaveLength(1)
    expect(found.refused).toEqual([[3, 'it has 3 columns instead of 4: it was cut off']])
  })
})

describe('a file that is none', () => {
  const refused = async (given: string | Uint8Array) =>
    readRecords(given).then(
      () => 'taken',
      (error: unknown) => (error as { publicMessage: string }).publicMessage,
    )
  const bytes = (...start: number[]) => Uint8Array.from([...start, ...new Array<number>(300).fill(65)])
  test.each([
    ['empty', '', /is empty/],
    ['a PDF', bytes(0x25, 0x50, 0x44, 0x46), /is a PDF/],
    ['a spreadsheet', bytes(0x50, 0x4b), /is a spreadsheet/],
    ['an old spreadsheet', bytes(0xd0, 0xcf, 0x11, 0xe0), /is a spreadsheet/],
    ['UTF-16', bytes(0xff, 0xfe), /UTF-16/],
    ['gzip', bytes(0x1f, 0x8b), /is packed/],
    ['zeros', new Uint8Array(300), /not a text file/],
    ['words', 'Dear bank,\nplease send me my statement.\n', /not a CSV file/],
    ['blank lines', '\n\n\n', /no text that can be read/],
    ['too large', 'a'.repeat(2_000_001), /larger than 2 MB/],
    ['too many lines', 'a,b,c\n'.repeat(10_001), /more than 10,000 lines/],
  ])('%s', async (_name, given, words) => {
    expect(await refused(given)).toMatch(words)
  })
  test('no bytes at all make it do anything but answer or refuse', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (given) => {
        expect(await refused(given)).not.toBe('')
      }),
      { numRuns: 60 },
    )
  })
})

describe('columns that a person chose', () => {
  const rows = [
    ['17/11/2026', 'ONE', '-12.34'],
    ['18/11/2026', 'TWO', '5.00'],
  ]
  const chosen = {
    heading: false,
    date: 1,
    description: [2],
    amount: 3,
    moneyIn: null,
    moneyOut: null,
    plusIsOut: false,
  }
  const records = rows.map((cells, index) => ({ number: index + 1, cells }))

  test('a file without a heading is not guessed, and read as they say', () => {
    expect(findLayout(rows)).toBeNull()
    const made = chosenLayout(chosen, rows)
    if (!made.ok) throw new Error('refused')
    expect(readLines(records, made.layout, TODAY).lines.map(({ pence }) => pence)).toEqual([-1_234, 500])
  })
  test('some files write what goes out without a minus', () => {
    const made = chosenLayout({ ...chosen, plusIsOut: true }, rows)
    if (!made.ok) throw new Error('refused')
    expect(readLines(records, made.layout, TODAY).lines.map(({ pence }) => pence)).toEqual([1_234, -500])
  })
  test.each([
    ['nothing chosen', { date: 0, description: [], amount: null }, ['date', 'description', 'amount']],
    ['a column that is not there', { date: 9 }, ['date']],
    ['one column for two things', { description: [3] }, ['date']],
    ['amount, and money in', { moneyIn: 2 }, ['amount', 'moneyOut']],
    ['money in alone', { amount: null, moneyIn: 3 }, ['moneyOut']],
  ])('%s is said beside the field', (_name, changes, fields) => {
    const made = chosenLayout({ ...chosen, ...changes }, rows)
    expect(made.ok ? [] : Object.keys(made.errors)).toEqual(fields)
  })
})

test('what is written as a bank writes it comes back line by line', async () => {
  const words = fc.stringMatching(/^[A-Z][A-Z ,"&'*-]{0,20}[A-Z]$/)
  const line = fc.record({
    day: fc.integer({ min: 0, max: 3_000 }),
    words,
    pence: fc.integer({ min: -9_999_999, max: 9_999_999 }).filter((pence) => pence !== 0),
  })
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 30 }), fc.boolean(), async (all, apart) => {
      const rows = all.map(({ day, words: text, pence }) => {
        const on = TODAY.subtract({ days: day }).toString().split('-').reverse().join('/')
        const size = quoted(pounds(Math.abs(pence)))
        return apart
          ? [on, quoted(text), pence < 0 ? size : '', pence > 0 ? size : ''].join(',')
          : [on, quoted(text), quoted(pounds(pence))].join(',')
      })
      const heading = apart ? 'Date,Description,Paid out,Paid in' : 'Date,Description,Amount'
      const found = await read([heading, ...rows].join('\r\n'))
      expect(found.refused).toEqual([])
      expect(found.lines.map((one) => one[3])).toEqual(all.map(({ pence }) => pence))
      expect(found.lines.map((one) => one[2])).toEqual(
        all.map((one) => one.words.replace(/\s+/g, ' ').trim()),
      )
    }),
    { numRuns: 60 },
  )
})
