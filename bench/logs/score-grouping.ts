/** How well lines were put into groups. */
export interface GroupingScore {
  /** Grouping accuracy: share of lines whose group holds exactly the lines it should (Zhu et al., ICSE-SEIP 2019). */
  readonly ga: number
  /** F1 over groups: a group counts when it holds exactly the lines it should (Jiang et al., Loghub-2.0, ISSTA 2024). */
  readonly fga: number
}

/** Compares groups with the true ones; both lists name the group of each line. */
export function scoreGrouping(truth: readonly unknown[], found: readonly unknown[]): GroupingScore {
  const [trueGroups, foundGroups] = [collectLines(truth), collectLines(found)]
  let lines = 0
  let groups = 0
  for (const members of foundGroups.values()) {
    const wanted = trueGroups.get(truth[members[0] ?? 0])
    if (wanted?.length !== members.length || !members.every((line) => truth[line] === truth[members[0] ?? 0])) continue
    lines += members.length
    groups++
  }
  const [precision, recall] = [groups / foundGroups.size, groups / trueGroups.size]
  return {
    ga: truth.length === 0 ? 0 : lines / truth.length,
    fga: groups === 0 ? 0 : (2 * precision * recall) / (precision + recall),
  }
}

function collectLines(groups: readonly unknown[]): Map<unknown, number[]> {
  const lines = new Map<unknown, number[]>()
  for (const [line, group] of groups.entries()) {
    const known = lines.get(group)
    if (known) known.push(line)
    else lines.set(group, [line])
  }
  return lines
}
