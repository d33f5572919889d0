import type { PatientState } from '../../slack/page/wire.ts'
import { FileDiff } from './file-diff.tsx'
import { HealthMark } from './health-mark.tsx'

/** The failed migration's victim: tables, service and files, from red to green while the recovery proceeds. */
export function Patient({ patient }: { readonly patient: PatientState }) {
  const { tables, services, files, work } = patient
  const all = [...tables, ...services, ...files]
  const good = all.filter((one) => one.health === 'good').length
  return (
    <section className="panel-part" aria-labelledby="panel-patient">
      <div className="panel-head">
        <h2 id="panel-patient">The patient</h2>
        <span className={good === all.length ? 'health health-good' : 'panel-count'}>
          {good === all.length ? '✓ all is well' : `${good} of ${all.length} good`}
        </span>
      </div>
      {work && <p className="patient-work">{work}</p>}
      {tables.length > 0 && <Tables tables={tables} />}
      <ul className="patient-things">
        {services.map((service) => (
          <li key={service.name} className="patient-thing" data-health={service.health}>
            <strong>{service.name}</strong>
            <HealthMark health={service.health} />
            <span className="patient-note">{service.note}</span>
          </li>
        ))}
        {files.map((file) => (
          <li key={file.name} className="patient-thing" data-health={file.health}>
            <strong>{file.name}</strong>
            <HealthMark health={file.health} />
            <span className="patient-note">{file.note}</span>
            {file.diff && <FileDiff name={file.name} diff={file.diff} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Tables({ tables }: Pick<PatientState, 'tables'>) {
  return (
    <table className="patient-tables">
      <caption className="sr-only">Tables of the orders database, now and before the migration</caption>
      <thead>
        <tr>
          <th scope="col">Rows of</th>
          <th scope="col" className="patient-number">
            Now
          </th>
          <th scope="col" className="patient-number">
            Before
          </th>
        </tr>
      </thead>
      {tables.map((table) => (
        <tbody key={table.name} data-health={table.health}>
          <tr>
            <th scope="row">{table.name}</th>
            <td className="patient-number">{writeRows(table.rows, table.health)}</td>
            <td className="patient-number">{writeRows(table.before, 'unknown')}</td>
          </tr>
          <tr className="patient-state">
            <td colSpan={3}>
              <HealthMark health={table.health} /> {table.note}
            </td>
          </tr>
        </tbody>
      ))}
    </table>
  )
}

function writeRows(rows: number | null, health: PatientState['tables'][number]['health']): string {
  if (rows !== null) return rows.toLocaleString('en')
  return health === 'bad' ? 'gone' : '–'
}
