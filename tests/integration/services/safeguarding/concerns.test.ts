import { describe, expect, test } from 'vitest'
import { concernPage, concernsPage } from '#services/safeguarding/concerns-page.server.ts'
import { concernFormPage } from '#services/safeguarding/concern-form-page.server.ts'
import { raiseConcern } from '#services/safeguarding/raise-concern.server.ts'
import { workOnConcern } from '#services/safeguarding/work-on-concern.server.ts'
import { ANONYMOUS, type Actor } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { actorOf, makePerson, makeStaff } from '#tests/factories/circle.ts'
import { makeCouncil, makeProvider, makeUser } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const said = (councilId: string, changes: object = {}) => ({
  councilId,
  about: 'The man at number 9',
  whatHappened: 'He was shouted at every morning.',
  inDanger: 'no' as const,
  consent: 'not_known' as const,
  ...changes,
})

async function council() {
  const { deps } = house()
  const councilId = await makeCouncil(deps)
  const teamId = await makeStaff(deps, councilId, ['safeguarding'])
  return { deps, councilId, teamId, team: await actorOf(deps, teamId) }
}
const list = (actor: Actor) => concernsPage(house().deps, actor, { page: 1, state: null })

describe('raising a concern', () => {
  test('needs no account; the team alone sees it, with its reference', async () => {
    const { deps, councilId, team } = await council()
    const reference = await raiseConcern(deps, ANONYMOUS, said(councilId))
    expect(reference).toMatch(/^C-[0-9A-Z]{3}-[0-9A-Z]{3}$/)
    const { rows, open } = await list(team)
    expect(rows).toMatchObject([{ reference, about: 'The man at number 9', state: 'Received' }])
    expect(open).toBe(1)
  })

  test('is out of sight for whoever raised it, the provider, other staff and every query without an identity', async () => {
    const { deps, councilId } = await council()
    const raiser = await actorOf(deps, await makeUser(deps))
    const { owner } = await makeProvider(deps)
    const person = await makePerson(deps, councilId)
    await raiseConcern(deps, raiser, said(councilId))
    const others = [
      raiser,
      owner,
      await actorOf(deps, person.userId ?? ''),
      await actorOf(
        deps,
        await makeStaff(deps, councilId, ['adviser', 'commissioner', 'finance', 'council_admin']),
      ),
      await actorOf(deps, await makeStaff(deps, await makeCouncil(deps), ['safeguarding'])),
    ]
    for (const actor of others) {
      const seen = await deps.db.asActor(actor, (tx) => tx.concern.findMany({ where: { councilId } }))
      expect(seen).toEqual([])
    }
    for (const actor of others.slice(0, 4))
      await expect(list(actor)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await deps.db.prisma.concern.findMany()).toEqual([])
    await expect(list(ANONYMOUS)).rejects.toMatchObject({ code: 'SIGN_IN' })
  })

  test('mails the team that there is one, and nothing of it; nothing is in a log', async () => {
    const { deps, councilId, teamId } = await council()
    await raiseConcern(deps, ANONYMOUS, said(councilId, { inDanger: 'yes' }))
    await house().runJobs()
    const { email } = await deps.db.prisma.user.findUniqueOrThrow({ where: { id: teamId } })
    const mail = house().mail.sent.find(({ to }) => to === email)
    expect(mail?.subject).toContain('in danger now')
    expect(`${mail?.subject ?? ''}${mail?.text ?? ''}`).not.toMatch(/number 9|shouted/)
    expect(JSON.stringify(house().logged)).not.toMatch(/number 9|shouted/)
    const audit = await house().asOwner<{ row: string }>('select a::text as row from audit_event a')
    expect(audit.map(({ row }) => row).join()).not.toMatch(/number 9|shouted/)
  })

  test('a council that does not exist is said beside its field', async () => {
    const { deps } = house()
    await expect(raiseConcern(deps, ANONYMOUS, said(newId()))).rejects.toMatchObject({
      details: { fields: { councilId: [expect.any(String)] } },
    })
  })

  test('the form begins with the council of the person whose pages these are', async () => {
    const { deps, councilId } = await council()
    const person = await makePerson(deps, councilId)
    expect(
      await concernFormPage(deps, await actorOf(deps, person.userId ?? ''), { providerSlug: null }),
    ).toMatchObject({ councilId })
    expect(await concernFormPage(deps, ANONYMOUS, { providerSlug: null })).toMatchObject({ councilId: null })
  })
})

describe('working on it', () => {
  test('each step is kept with its note, and the audit log knows of the step alone', async () => {
    const { deps, councilId, team } = await council()
    await raiseConcern(deps, ANONYMOUS, said(councilId))
    const id = (await list(team)).rows[0]?.id ?? ''
    await workOnConcern(deps, team, {
      concernId: id,
      from: 'received',
      to: 'looking_into_it',
      note: 'Rang him.',
    })
    await workOnConcern(deps, team, {
      concernId: id,
      from: 'looking_into_it',
      to: 'closed',
      note: 'He is safe.',
    })
    const concern = await concernPage(deps, team, id)
    expect(concern).toMatchObject({
      state: 'Closed',
      notes: [{ note: 'Rang him.' }, { note: 'He is safe.' }],
    })
    const audit = await house().asOwner<{ facts: object }>(
      'select facts from audit_event where subject_id = $1 order by id',
      [id],
    )
    expect(audit.map(({ facts }) => facts)).toMatchObject([{ to: 'looking_into_it' }, { to: 'closed' }])
    expect(JSON.stringify(audit)).not.toContain('Rang')
  })

  test('of two colleagues at once one is told to look again', async () => {
    const { deps, councilId, team } = await council()
    await raiseConcern(deps, ANONYMOUS, said(councilId))
    const concernId = (await list(team)).rows[0]?.id ?? ''
    const step = { concernId, from: 'received' as const, to: 'looking_into_it' as const, note: 'Mine.' }
    const answers = await Promise.allSettled([
      workOnConcern(deps, team, step),
      workOnConcern(deps, team, step),
    ])
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(answers.find((one) => one.status === 'rejected')).toMatchObject({
      reason: { code: 'STALE_STATE' },
    })
  })

  test('a step that is none, and another council’s concern, are refused', async () => {
    const { deps, councilId, team } = await council()
    const { team: elsewhere } = await council()
    await raiseConcern(deps, ANONYMOUS, said(councilId))
    const concernId = (await list(team)).rows[0]?.id ?? ''
    const step = { concernId, from: 'received' as const, to: 'looking_into_it' as const, note: 'x' }
    await expect(workOnConcern(deps, team, { ...step, to: 'received' })).rejects.toMatchObject({
      code: 'REFUSED_BY_RULE',
    })
    await expect(workOnConcern(deps, elsewhere, step)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(concernPage(deps, elsewhere, concernId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(concernPage(deps, team, newId())).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('notes cannot be rewritten, not even by the team', async () => {
    const { deps, councilId, team } = await council()
    await raiseConcern(deps, ANONYMOUS, said(councilId))
    const concernId = (await list(team)).rows[0]?.id ?? ''
    await workOnConcern(deps, team, {
      concernId,
      from: 'received',
      to: 'looking_into_it',
      note: 'As it was.',
    })
    await expect(
      deps.db.asActor(team, (tx) =>
        tx.concernNote.updateMany({ where: { concernId }, data: { note: 'Another story' } }),
      ),
    ).rejects.toThrow()
  })
})
