import type { Tx } from '#services/db/client.server.ts'
import { billedTo } from './billing-letters.ts'
import type { Kit } from './kit.ts'

/**
 * Made-up accounts of the two councils, into which people pay by bank transfer; and that of one of them at the sandbox, for cards
 * and Direct Debits. Beside whatever else is set for them.
 */
export async function writePayTo(tx: Tx, kit: Kit): Promise<void> {
  const now = new Date(kit.nowMs).toISOString()
  await tx.$executeRaw`
    insert into council_money (council_id, pay_to_name, pay_to_sort_code, pay_to_account, updated_at)
    select id, name || ', adult social care', '000000', case slug when 'aldermere' then '00000001' else '00000002' end, ${now}::timestamptz from council
    on conflict (council_id) do update set pay_to_name = excluded.pay_to_name, pay_to_sort_code = excluded.pay_to_sort_code, pay_to_account = excluded.pay_to_account`
  for (const { id, name } of await tx.council.findMany({ take: 10 }))
    await tx.councilMoney.update({ where: { councilId: id }, data: { billedTo: billedTo(name) } })
  await tx.$executeRaw`
    with account as (
      insert into connected_account (id, council_id, external_id, status, charges_enabled, payouts_enabled, checked_at, created_at)
      select ${kit.id(kit.nowMs)}::uuid, id, 'sandbox-account-account:' || id || ':first', 'ready', true, true, ${now}::timestamptz, ${now}::timestamptz
      from council where slug = 'aldermere' returning council_id, external_id
    )
    insert into sandbox_record (store, kind, id, value)
    select 'payments', 'account', external_id, jsonb_build_object('account', external_id, 'owner', council_id, 'status', 'ready', 'collectsDebits', true)
    from account`
}
