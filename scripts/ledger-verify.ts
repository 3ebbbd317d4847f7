// Are the books right? npm run ledger:verify – says what it read, and ends with 1 when anything is wrong.
import { openHouse } from '#services/composition.server.ts'
import { readSettings } from '#services/env.server.ts'
import { verifyBooks } from '#services/ledger/verify-books.server.ts'
import { makeLog } from '#services/log.server.ts'

const house = await openHouse(readSettings(), makeLog('warn'))
try {
  const { journals, postings, accounts, faults } = await verifyBooks(house.deps.db)
  const read = `${String(journals)} journals with ${String(postings)} postings on ${String(accounts)} accounts`
  if (faults.length === 0) console.log(`The books are right: ${read}.`)
  else {
    console.log(
      `The books are wrong. Read: ${read}. What is wrong, by the number of the promise that it breaks:`,
    )
    for (const { invariant, subject } of faults) console.log(`${String(invariant)}  ${subject}`)
    process.exitCode = 1
  }
} finally {
  await house.close()
}
