/**
 * The published check of UK account numbers: whether a sort code and an account number can belong together. It finds slips of the
 * pen, not frauds: whose account it is, only the payee check and a call back tell. Source: "Validating account numbers: UK
 * modulus checking", the operator of the UK's payment systems; the numbers of exceptions are the document's. Pure.
 */
import { CHECKS, RANGES, SUBSTITUTES } from './sort-code-table.ts'

interface Check {
  method: 'MOD10' | 'MOD11' | 'DBLAL'
  /** For the digits u v w x y z of the sort code and a b c d e f g h of the account number. */
  weights: readonly number[]
  exception: number
}

const CHECK_LIST = CHECKS.map((words): Check => {
  const [method, ...numbers] = words.split(' ')
  return {
    method: method as Check['method'],
    weights: numbers.slice(0, 14).map(Number),
    exception: Number(numbers[14] ?? 0),
  }
})
const RANGE_LIST = RANGES.trim()
  .split(/\s+/)
  .map((entry) => {
    const [span = '', checks = ''] = entry.split(':')
    const [from = '', until = from] = span.split('-')
    return { from, until, checks: checks.split('+').map(Number) }
  })
const SUBSTITUTE_OF = new Map(
  SUBSTITUTES.trim()
    .split(/\s+/)
    .map((entry) => entry.split(':') as [string, string]),
)

/** Places in the fourteen digits. */
const [A, B, C, G, H] = [6, 7, 8, 12, 13]
const EXCEPTION_2 = [0, 0, 1, 2, 5, 3, 6, 4, 8, 7, 10, 9, 3, 1]
const EXCEPTION_2_WITH_9 = [0, 0, 0, 0, 0, 0, 0, 0, 8, 7, 10, 9, 3, 1]
/** With these on the first check, the second is a second chance; else both have to hold. */
const EITHER = [2, 10, 12]

const withoutFirstEight = (weights: readonly number[]): number[] =>
  weights.map((weight, place) => (place <= B ? 0 : weight))

function weightsFor({ weights, exception }: Check, digits: readonly number[]): readonly number[] {
  if (exception === 2 && digits[A] !== 0) return digits[G] === 9 ? EXCEPTION_2_WITH_9 : EXCEPTION_2
  if (exception === 7 && digits[G] === 9) return withoutFirstEight(weights)
  const ab = `${String(digits[A])}${String(digits[B])}`
  if (exception === 10 && (ab === '09' || ab === '99') && digits[G] === 9) return withoutFirstEight(weights)
  return weights
}

function sortCodeFor(exception: number, sortCode: string): string {
  if (exception === 5) return SUBSTITUTE_OF.get(sortCode) ?? sortCode
  if (exception === 8) return '090126'
  return exception === 9 ? '309634' : sortCode
}

function holds(check: Check, sortCode: string, account: string): boolean {
  const { method, exception } = check
  const digits = [...sortCodeFor(exception, sortCode), ...account].map(Number)
  const at = (place: number): number => digits[place] ?? 0
  // Accounts in another currency cannot be checked.
  if (exception === 6 && at(A) >= 4 && at(A) <= 8 && at(G) === at(H)) return true
  if (exception === 3 && (at(C) === 6 || at(C) === 9)) return true
  const products = weightsFor(check, digits).map((weight, place) => weight * at(place))
  const sum =
    method === 'DBLAL'
      ? products.reduce((all, product) => all + Math.floor(product / 10) + (product % 10), 0)
      : products.reduce((all, product) => all + product, 0)
  const modulus = method === 'MOD11' ? 11 : 10
  const rest = (exception === 1 ? sum + 27 : sum) % modulus
  if (exception === 4) return rest === at(G) * 10 + at(H)
  if (exception === 5) {
    const digit = at(method === 'MOD11' ? G : H)
    return rest === 0 ? digit === 0 : !(method === 'MOD11' && rest === 1) && digit === modulus - rest
  }
  if (rest === 0) return true
  // The eighth digit may be left out, where it is nought, one or nine.
  return (
    exception === 14 &&
    [0, 1, 9].includes(at(H)) &&
    holds({ ...check, exception: 0 }, sortCode, `0${account.slice(0, 7)}`)
  )
}

/** valid: the check holds; not_covered: nothing is published for this sort code, so nothing is known against it. */
export type ModulusAnswer = 'valid' | 'invalid' | 'not_covered'

/**
 * @param sortCode six digits
 * @param account eight digits
 */
export function modulusCheck(sortCode: string, account: string): ModulusAnswer {
  const range = RANGE_LIST.find(({ from, until }) => from <= sortCode && sortCode <= until)
  if (!range) return 'not_covered'
  const checks = range.checks.flatMap((index) => CHECK_LIST[index] ?? [])
  const [first] = checks
  const test = (check: Check): boolean => holds(check, sortCode, account)
  const valid = first && EITHER.includes(first.exception) ? checks.some(test) : checks.every(test)
  return valid ? 'valid' : 'invalid'
}
