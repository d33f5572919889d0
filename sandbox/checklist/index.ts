export { type ChecklistReader, createChecklist } from './create-checklist.ts'
export type { ChecklistPlan, StepId } from './steps.ts'
