import type { KnownCode, Label } from './label.ts'

/** Errors of SQL Server that migrations meet. Source: its Database Engine events and errors reference. */
const table: { readonly [label in Label]?: string } = {
  data_conversion:
    '220 232 235 241 242 244 245 248 257 260 293 295 296 402 517 529 535 2627 2628 4860 4863 4815 4864 4866 4867 4879 8114 8115 8116 8134 8152 8169 9803 13608 13609',
  mapping_schema:
    '35343 35337 35310 109 110 120 121 4922 206 207 213 264 271 273 339 402 544 545 1505 1701 1750 1753 1767 1769 1770 1776 1778 1911 1919 1946 1954 4902 4924 8101 8106 8107 4902 205',
  constraint_violation: '515 547 1505 1779 2601 2627 3726 3727 3728 4712 5074 4901 50000',
  encoding: '2048 4809 4813 9833 468 457 451 446 448',
  permission_auth:
    '229 230 262 5304 297 300 378 916 924 1088 3906 4060 4604 4834 5011 6004 15128 15151 15247 15404 15517 15562 18450 18452 18456 18461 18470 18486 18487 18488 21089 22803 33009 15404 28048 40615',
  connectivity:
    '2 53 64 121 233 258 10053 10054 10060 10061 11001 17830 17832 18461 40197 40501 40613 49918 49919 49920 6005',
  resource_disk_memory:
    '701 802 845 1101 1105 1121 1204 3257 3958 3959 3967 5149 8623 8645 8651 9002 10928 10929 1132 40544 40549 40551 40552 40553 8631',
  lock_deadlock_timeout: '-2 1205 1222 1206 3960 3961 5061 5064 5070 924 1807 3101 3903',
  missing_object:
    '208 911 20598 1038 1801 2706 2812 2759 3201 3701 3704 4064 4121 4701 4833 4861 5009 6208 7202 7399 1911 15007 15023 15151 15401 22820 22901 22911 22918 5133 7303 7308 3234 14262 195 21 2715 4917 4902 18054',
  duplicate_object: '1750 1781 1801 1802 1913 2705 2714 2759 15023 15025 15247 1902 4925 15233 15530 6246 2726',
  version_incompatibility: '948 3169 3241 1844 40510 40511 40512 40514 40515 40517 40518 40520 41317 10794 41301 40106',
  syntax: '102 105 111 132 134 137 141 145 147 156 170 173 178 319 343 1033 1040 104 8120 8127 8155 209 4145',
  tool_internal: '3624 823 824 825 605 8621 8630 7987 211 608',
  other: '3013 3930 1934 3156 3154 8180 266 3621 3902 1785 3609 0',
}

/** Numbers whose meaning lies between two labels. */
const settled: { readonly [number: string]: Label } = {
  '121': 'mapping_schema',
  '402': 'mapping_schema',
  '924': 'lock_deadlock_timeout',
  '1505': 'constraint_violation',
  '1750': 'mapping_schema',
  '1801': 'duplicate_object',
  '1911': 'mapping_schema',
  '2627': 'constraint_violation',
  '2759': 'other',
  '4902': 'missing_object',
  '5074': 'mapping_schema',
  '15023': 'duplicate_object',
  '15151': 'missing_object',
  '15247': 'permission_auth',
  '18461': 'permission_auth',
}

const known = readTable()

/** What a message number of SQL Server says; null for one that migrations have not been seen to meet. */
export function readMssqlCode(number: number): KnownCode | null {
  const label = known.get(number)
  return label === undefined ? null : { code: String(number), name: null, label: number === 50000 ? null : label }
}

function readTable(): ReadonlyMap<number, Label> {
  const known = new Map<number, Label>()
  for (const [label, list] of Object.entries(table) as [Label, string][]) {
    for (const number of list.split(' ')) {
      // Numbers listed twice are settled here rather than by the order of the lists.
      known.set(Number(number), settled[number] ?? label)
    }
  }
  return known
}
