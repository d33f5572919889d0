import type { PatientState } from '../../slack/page/wire.ts'
import { usePage } from '../page-context.ts'
import { Checklist } from './checklist.tsx'
import { closeDrawer, useOpenDrawer } from './open-drawer.ts'
import { Patient } from './patient.tsx'
import { Stories } from './stories.tsx'

/** What is going on beside the conversation: the story, what to do next, and the patient. A sheet on narrow windows. */
export function SidePanel() {
  const { panel } = usePage()
  const isOpen = useOpenDrawer() === 'panel'
  if (!panel) return null
  const begun = panel.checklist.some((one) => one.done)
  return (
    <aside className={isOpen ? 'panel panel-open' : 'panel'} aria-label="Recovery guide">
      <button type="button" className="panel-close" onClick={closeDrawer}>
        Close guide
      </button>
      {panel.busy && (
        <p className="panel-busy" role="status">
          <span className="panel-spinner" aria-hidden="true" />
          {panel.busy}
        </p>
      )}
      {panel.trouble && (
        <p className="panel-trouble" role="alert">
          {panel.trouble}
        </p>
      )}
      {panel.stories.length > 0 && <Stories stories={panel.stories} busy={panel.busy !== ''} begun={begun} />}
      {panel.checklist.length > 0 && (
        <Checklist items={panel.checklist} took={panel.took} left={countIll(panel.patient)} />
      )}
      {panel.patient && <Patient patient={panel.patient} />}
    </aside>
  )
}

function countIll(patient: PatientState | null): number {
  const all = patient ? [...patient.tables, ...patient.services, ...patient.files] : []
  return all.filter((one) => one.health !== 'good').length
}
