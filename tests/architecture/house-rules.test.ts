import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { clone } from '#services/db/clone.server.ts'
import { schedule } from '#services/jobs/schedule.ts'
import { tasks } from '#services/jobs/tasks.server.ts'

interface Source {
  path: string
  text: string
}
const sources = (folder: string, ending: RegExp): Source[] =>
  readdirSync(join(clone, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => ({ path: join(folder, name), text: readFileSync(join(clone, folder, name), 'utf8') }))
    .filter(({ path }) => !path.startsWith(join('services', 'db', 'generated')))

const code = [...sources('services', /\.ts$/), ...sources('app', /\.tsx?$/)]
const breaking = (rule: (source: Source) => boolean): string[] =>
  code.filter((source) => rule(source)).map(({ path }) => path)

test('only the ledger writes to its tables; others post through it', () => {
  const writes =
    /(insert into|update|delete from)\s+"?ledger_(account|journal|posting)|ledger(Account|Journal|Posting)\.(create|update|delete|upsert)/i
  expect(
    breaking(({ path, text }) => !path.startsWith(join('services', 'ledger')) && writes.test(text)),
  ).toEqual([])
})

test('every job that is added or scheduled has a task', () => {
  const constants = new Map(
    code.flatMap(({ text }) =>
      [...text.matchAll(/const (\w+) = '(\w+)'/g)].map((match) => [match[1], match[2]] as const),
    ),
  )
  const added = code.flatMap(({ text }) =>
    [...text.matchAll(/\baddJob\(\s*\w+,\s*(?:'(\w+)'|(\w+))/g)].map(
      (match) => match[1] ?? constants.get(match[2]),
    ),
  )
  const names = [...added, ...schedule.map(({ task }) => task)].filter((name) => name !== undefined)
  expect(names.length).toBeGreaterThan(0)
  expect(names.filter((name) => !(name in tasks))).toEqual([])
})

test('no markup is written by hand into a page', () => {
  // Tiles and charts are drawn by pure functions, which escape what they are given.
  const drawn = /^app\/components\/(tile|charts)\//
  const byHand = ({ path, text }: Source) => !drawn.test(path) && text.includes('dangerouslySetInnerHTML')
  expect(breaking(byHand)).toEqual([])
})

test('what is only for the server says so in its name, so that the browser never gets it', () => {
  const serverOnly = /from '(node:|pg'|@prisma\/|nodemailer|pino|graphile-worker)|db\/generated/
  const mayAnywhere = /\.server\.tsx?$|^app\/(server|routes)\.ts$|import type/
  const offending = breaking(
    ({ path, text }) =>
      !mayAnywhere.test(path) &&
      text.split('\n').some((line) => serverOnly.test(line) && !line.startsWith('import type')),
  )
  expect(offending).toEqual([])
})

test('files stay short enough to be read as one thing', () => {
  const tooLong = code.filter(({ text }) => text.split('\n').length > 330).map(({ path }) => path)
  expect(tooLong).toEqual([])
})

test('no file in public/ stands in front of a page of the same address', () => {
  const pages = readdirSync(join(clone, 'app', 'routes')).map((name) =>
    name
      .replace(/\.tsx?$/, '')
      .replaceAll('.', '/')
      .replaceAll('[/]', '.'),
  )
  expect(pages).toContain('robots.txt')
  const files = readdirSync(join(clone, 'public'), { recursive: true, encoding: 'utf8' })
  expect(files.filter((name) => pages.includes(name))).toEqual([])
})
