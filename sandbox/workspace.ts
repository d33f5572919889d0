import type { Workspace } from './slack/index.ts'

/** The people of the sandbox: three DBAs, a system administrator, a business tester, a manager, and an outsider without a role. */
export const sandboxWorkspace: Workspace = {
  team: { id: 'T0SANDBOX', name: 'Sandbox' },
  bot: { userId: 'U0SALVOR', botId: 'B0SALVOR', appId: 'A0SALVOR', name: 'salvor' },
  users: [
    { id: 'U0ALICE', name: 'alice', realName: 'Alice (DBA)' },
    { id: 'U0BOB', name: 'bob', realName: 'Bob (DBA)' },
    { id: 'U0DANA', name: 'dana', realName: 'Dana (DBA)' },
    { id: 'U0CAROL', name: 'carol', realName: 'Carol (system administrator)', isAdmin: true },
    { id: 'U0DAVE', name: 'dave', realName: 'Dave (business tester)' },
    { id: 'U0ERIN', name: 'erin', realName: 'Erin (manager)' },
    { id: 'U0OSCAR', name: 'oscar', realName: 'Oscar (outsider)' },
  ],
  channels: [
    {
      id: 'C0INC',
      name: 'incident-orders',
      members: ['U0SALVOR', 'U0ALICE', 'U0BOB', 'U0DANA', 'U0CAROL', 'U0DAVE', 'U0ERIN', 'U0OSCAR'],
    },
    { id: 'C0OPS', name: 'ops', members: ['U0SALVOR', 'U0ALICE', 'U0BOB', 'U0CAROL'] },
    { id: 'C0ELSE', name: 'elsewhere', members: ['U0ALICE', 'U0BOB'] },
  ],
  userGroups: [{ id: 'S0DBAS', handle: 'dbas', users: ['U0ALICE', 'U0BOB', 'U0DANA'] }],
}
