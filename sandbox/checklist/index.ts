export { createChecklist } from './create-checklist.ts'
export type { ChecklistPlan } from './steps.ts'
