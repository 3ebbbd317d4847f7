import pg from 'pg'
import { inject } from 'vitest'

const asSuperuser = async (sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: `${inject('postgres').superuser}/postgres` })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

export interface TestDatabase {
  /** As the owner, who is no superuser. */
  url: string
  drop(): Promise<void>
}

let count = 0

/** A database of one's own: a copy of the migrated template, or an empty one. */
export async function testDatabase(kind: 'migrated' | 'empty' = 'migrated'): Promise<TestDatabase> {
  count += 1
  const { owner, template } = inject('postgres')
  const name = `t_${String(process.pid)}_${String(count)}_${String(Math.floor(Math.random() * 1e6))}`
  const from = kind === 'migrated' ? template : 'template1'
  await asSuperuser(`create database ${name} template ${from} owner kith_owner strategy file_copy`)
  return {
    url: `${owner}/${name}`,
    drop: () => asSuperuser(`drop database if exists ${name} with (force)`),
  }
}
