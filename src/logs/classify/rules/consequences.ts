import { makeRules, type Rule } from '../rule.ts'

/** What follows when something else has failed before; each keeps the label it has when it stands alone. */
export const consequences: readonly Rule[] = [
  ...makeRules('tool_internal', [/^\W{0,4}Aborted(?: \(core dumped\))?\s*$/], 'consequence'),
  ...makeRules(
    'other',
    [
      /current transaction is aborted|^make(?:\[\d+\])?: \*\*\*/i,
      /transaction (?:has been |was |is )?(?:already )?(?:rolled back|aborted|marked (?:as )?rollback)/i,
      /rollback-only|Transaction silently rolled back/i,
      /\b(?:export|import|load|copy|sync|replication|migration|migrate|restore) (?:job |task |step )?(?:has )?failed!?\s*$/i,
      /BackoffLimitExceeded|reached the specified backoff limit|cannot commit|canceled because|MAXIMUM ERROR COUNT EXCEEDED|load (?:was )?(?:discontinued|aborted)|all later migrations cance(?:l|ll)ed|migration lock|new migrations cannot be applied/i,
      /(?:migrate|P3009).{0,60}found failed migrations|contains a failed migration|Detected failed migration|Validate failed: .{0,40}failed/i,
      /Dirty database version|database is dirty|(?:previous|last) migration (?:has )?(?:failed|did not)|migration .{1,80} is (?:in a )?failed/i,
      /(?:server|worker|background) process .{0,60}exited with|terminating any other active server processes/i,
      // A server's words for a client that gave up in the middle of its data, whatever it gave for the reason.
      /\bCOPY from stdin failed: /i,
    ],
    'consequence',
  ),
  ...makeRules(
    'connectivity',
    [
      /because of crash of another server process|the database system is (?:in recovery mode|starting up|shutting down|not yet accepting)/i,
      /server has gone away|Lost connection to (?:MySQL|MariaDB|server|backend)/i,
      /connection (?:to .{0,80})?(?:is |has been |was |already )?closed\b|closed the connection unexpectedly|connection to (?:the )?server was lost|connection has been (?:closed|terminated)/i,
      /terminating connection due to administrator command|terminating walsender|broken pipe|EPIPE/i,
      /connection (?:pointer )?is (?:NULL|lost|dead|invalid)|no connection to the server|not connected to/i,
    ],
    'consequence',
  ),
]

/** Heads that never tell the cause themselves, whatever words their names hold. */
export const headings: readonly Rule[] = makeRules(
  'other',
  [
    /^(?:\[error\] )?(?:\w{1,40}Error: )?Failed query: /,
    /^SQL\*Loader-(?:128|605|643|704|925|926|941|951|2026):/,
    /^Failed to load data from csv file\.|^Handling End of table .{1,200} (?:loading failed|failed)/,
    /^\W{0,8}ERROR(?: at line \d+)?:?\s*$/,
    /(?:failed|unable|could not|cannot|error) (?:to )?(?:run(?:ning)?|apply(?:ing)?|execut(?:e|ing)|complet(?:e|ing)|perform(?:ing)?|process(?:ing)?) (?:the |all |pending )?(?:\w{1,20} ){0,3}(?:migrations?|scripts?|import|load|copy|restore|job|pipeline|batch|task)[.!"']{0,2}\s*$/i,
    /^\W{0,8}(?:Database|Compilation|Runtime|Dependency|Parsing) Error(?: in .{1,200})?$/,
  ],
  'wrapper',
)

/** Lines that wrap the cause that stands below them. */
export const wrappers: readonly Rule[] = makeRules(
  'other',
  [
    /\b(?:job|task|step|pipeline|phase|stage|process|connector|worker|chunk) .{0,120}\b(?:status|state):? ?\[?'?(?:FAILED|ERROR|UNKNOWN)\b/i,
    /completed with the following parameters/i,
    /errors? ignored on restore|completed with \d+ error|finished with errors?|completed (?:unsuccessfully|with errors)/i,
    /exit(?:ed|ing)? (?:with )?(?:code|status)|returned (?:non-zero exit|exit) (?:code|status)|ExitCode|ELIFECYCLE|non-zero (?:exit )?(?:code|status)/i,
    /Loading (?:data )?(?:aborted|stopped)|stopping (?:the )?(?:connector|task|worker)|Task is being killed|will not recover until manually restarted|Tolerance exceeded/i,
    /job .{0,200}stopped due to fatal error|stopped due to fatal error|due to previous errors?|because of (?:previous|earlier) errors?/i,
    /retr(?:y|ies) (?:exhausted|limit|count)|max(?:imum)? (?:retries|attempts)|Giving up|gave up|Too many (?:errors|failures)/i,
    /Stop Reason|Task .{0,80}(?:failed|suspended|stopped)|Last Error/i,
    /abnormal(?:ly)? terminat|terminated abnormally|ABENDED|unclean shutdown/i,
    /could not (?:start server|receive data from client)|unexpected EOF on client connection/i,
    /Rows? skipped|Skipping (?:table|row|record)/i,
    /Error while trying to start module|Unexpected error (?:running|while)|Unable to update data model/i,
    /Migration failed for (?:change ?set|changeset)|MigrationFailedException/i,
    /\bMigration .{0,200} failed\b|Migration of schema .{0,200} failed|failed (?:to (?:apply|run|execute) )?migration|migration failed to apply/i,
    /(?:Script|Statement) .{0,200} failed\s*$|Error executing (?:SQL|statement|script|query|database script)\b/i,
    /An error (?:has )?occurred(?: while)?|error (?:was )?encountered|Encountered an error executing|Exception (?:thrown|caught|while|in thread)/i,
    /COPY statement failed|could not execute query\s*$|Command failed|Query failed\s*$|error (?:was )?raised/i,
    /Got exception running|Error during (?:export|import)|while PROCESSING TOC|while (?:INITIALIZING|FINALIZING)/i,
    /error in executing ODCI|failed to load\/unload|conversion error loading table|failed to create with error/i,
    /Database Error in |Compilation Error in |Runtime Error in |Encountered an error:/i,
    /rails aborted|db:migrate|canceled:$|StandardError: An error/i,
    /Traceback \(most recent call last\)|The above exception was the direct cause|During handling of the above exception/i,
    /threw (?:an )?(?:uncaught |unrecoverable )?exception|uncaught (?:and unrecoverable )?exception|Unhandled (?:promise )?(?:exception|rejection)/i,
    /failed with (?:the following )?(?:error|exception|reason)s?:?\s*$|Reason:\s*$|Caused by:?\s*$|Details?:?\s*$/i,
    /BatchUpdateException: Batch entry|batch entry \d+/i,
    /Failed to execute|Unable to execute|Could not execute|could not (?:complete|finish)|Error (?:while )?applying/i,
    /Initialization of bean failed|Error creating bean|Failed to instantiate|ApplicationContextException|Application run failed|Invocation of init method failed/i,
    /nested exception is|Exchange failed|Source process (?:failed|exited)|Failure (?:origin|reason)|Destination process/i,
  ],
  'wrapper',
)
