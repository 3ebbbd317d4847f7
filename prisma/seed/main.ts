import type { Deps } from '#services/ports/deps.ts'

/** The demo's people and their year. */
export async function seedDemo(_deps: Deps): Promise<void> {
  await Promise.resolve()
}
