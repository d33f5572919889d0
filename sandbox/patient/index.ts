export { createPatient, type Patient } from './create-patient.ts'
