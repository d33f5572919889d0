import { makeRules, type Rule } from '../rule.ts'

/** Messages of MySQL, Oracle, SQL Server, MongoDB and SQLite whose number was lost on the way. */
export const serverRules: readonly Rule[] = [
  ...makeRules('encoding', [
    /Incorrect string value|Illegal mix of collations|Cannot convert .{0,40}(?:character|string|value)|invalid character string|Unknown character set/i,
    /(?:Unmappable|Malformed)(?:Input|Character)|UnicodeDecodeError|UnicodeEncodeError|codec can't (?:decode|encode)|not a valid (?:UTF-?8|utf8)|incompatible character encodings/i,
    /invalid (?:UTF-?8|byte|character) (?:sequence|in|byte|encoding)|collation conflict|character set .{0,60}(?:mismatch|conver)|code ?page|UTF-?8 (?:start|middle) byte/i,
    /illegal byte sequence|unknown encoding|\b(?:null|NUL) (?:byte|character)|embedded null|0x00\b|InvalidByteSequence|UndefinedConversion|invalid multibyte|byte order mark/i,
  ]),
  ...makeRules('mapping_schema', [
    /Unknown col(?:umn)?\b|Unknown (?:database|column) type .{1,60} requested|cannot participate in (?:a |an )?(?:columnstore )?index|Column count doesn't match|key was too long|Specified key|Row size too large|Invalid default value|invalid identifier|Invalid column name/i,
    /BLOB\/TEXT column|are incompatible|Cannot add foreign key|doesn't have a default value for .{0,40}mapping|errno: 150|Foreign key constraint is incorrectly formed/i,
    // Elasticsearch and OpenSearch
    /mapping set to strict|dynamic introduction of \[|mapper \[.{1,120}\] (?:cannot be changed|of different type|conflicts)|object mapping .{1,160} tried to parse|different type, current_type/i,
    /not enough values|too many values|no such column|has no column named|Column name or number of supplied values|number of (?:columns|fields|values)/i,
    /fewer columns|more columns|contained more data than|doesn't contain data for all columns|identity column|is not the same data type as referencing|No mapping|n[o']t have a mapping|no (?:SQL )?(?:data )?type mapping|not have (?:a )?(?:field|column)|No field|missing (?:required )?fields?\b|Cannot resolve keyword|schema isn't known|shared unique key|No primary key|primary key .{0,60}(?:required|not found|could be found)|Schema(?:Projector|Builder|Parse|Compatibility)\w{0,12}Exception|projecting|IncorrectTokenCount|Referenced column not present|not found before end of logical record|table must be empty|mapping (?:error|not found|failed)/i,
    /table has no columns|incompatible (?:types?|schemas?)|Schema (?:mismatch|validation|change)|unable to (?:map|infer)|is a required property|additional properties are not allowed|unknown (?:field|property)|Unrecognized (?:field|column|name)/i,
    /Cannot (?:alter|modify|change) column|no column .{0,80}found|column .{0,120}(?:not found|is missing|missing|cannot be found)|missing (?:required |replicated )?(?:columns?|field|key|property)/i,
    /undefined column|No (?:tables|rows|objects|data) (?:were |was )?(?:found|selected|to|matched)|does not match (?:the )?(?:schema|table|column)/i,
  ]),
  ...makeRules('data_conversion', [
    /Incorrect (?:datetime|date|integer|decimal|double|time|year|float) value|Out of range value|Data too long|Data truncat|Truncated incorrect|would be truncated|was truncated|(?:right|string|data) truncation|value .{0,80}is not recognized|truncat(?:ed|ion) (?:value|error|of data)/i,
    /strconv\.|parsing ["']x["']: |Cannot parse input|(?:error|failed) converting|conversion (?:failed|error|of)|Arithmetic overflow|invalid number|value too large|larger than specified precision|not a valid month/i,
    /NumberFormatException|\bFormatException|not in a correct format|DateTimeParseException|(?<!Log|SQL|Yaml)ParseException|DateTimeException|cannot (?:parse|convert|coerce|deserialize)|Could not (?:parse|convert|deserialize)|Unparseable/i,
    /cannot be converted|Zero date|0000-00-00|Value .{0,120}can(?:not| ?not be) (?:be )?(?:represented|cast|converted)|bad (?:double|integer|numeric|date|timestamp) value|numeric overflow/i,
    /not a valid (?:value|datetime|JSON)|invalid (?:value|literal|date|datetime|timestamp|json|bson|decimal|type|format)|ValueError|unable to (?:parse|convert|cast)|type mismatch|is not (?:an? |of type )['"]|Failed validating ['"]|is not JSON serializable/i,
    /ClassCastException|DataException|InvalidDatetimeFormat|StringDataRightTruncation|NumericValueOutOfRange|too long for (?:column|type|field)|too large for column/i,
    /overflow|date format|day of month|(?:hour|minute|year) must be|inconsistent datatypes|wrong data type|InputMismatch|Invalid(?:Format|Text)|Field in data file exceeds|enclosure (?:string|character)|no terminator found|Physical record .{0,80}longer|Multibyte character error/i,
    /DataError|formatting a row|looking for beginning of|deserializ|serializ(?:ation|e) (?:error|exception|failed)|parsing (?:error|failed)|failed to parse|Error parsing (?!line|XML|YAML)|BadValue|ConversionFailed/i,
  ]),
  ...makeRules('constraint_violation', [
    /Duplicate entry|foreign key constraint fails|cannot be null|doesn't have a default value|Cannot delete or update a parent row|Cannot add or update a child row/i,
    /unique constraint|integrity constraint|cannot insert (?:the value )?NULL|Violation of (?:PRIMARY|UNIQUE)|conflicted with the|duplicate key (?:error|was found)|E11000/i,
    /(?:UNIQUE|NOT NULL|FOREIGN KEY|CHECK|PRIMARY KEY) constraint (?:failed|violat)|ConstraintViolation|IntegrityError|NotNullViolation|RecordNotUnique|InvalidForeignKey/i,
    /Check constraint .{0,120}violated|configured to fail if|Failure in test|child record found|parent key not found|DuplicateKeyException|column does not allow nulls|null (?:value )?not allowed|Document failed validation/i,
    /violat(?:es|ion|ed)|Duplicate (?:record|row|value)s?|NULL (?:value|result) in (?:a )?non-nullable|referential integrity|UniqueViolation|must not be null/i,
  ]),
  ...makeRules('permission_auth', [
    /Access denied|command denied|insufficient privileges|invalid username\/password|Login failed|not authorized|Unauthorized|Authentication ?fail|Forbidden|logon denied/i,
    /permission (?:was |is )?denied|permission denied|AccessDenied|not have .{0,40}(?:permission|privilege|access)|lacks? (?:the )?(?:permission|privilege)|requires authentication|need.{0,30}privilege/i,
    /account is locked|password .{0,40}(?:expired|incorrect|invalid|wrong)|you need .{0,80}(?:privilege|permission)|\bEACCES|operation not permitted|\bEPERM|--secure-file-priv|owner SID/i,
    /invalid (?:credentials?|token|api ?key)|credentials? .{0,40}(?:invalid|expired|missing|not)|Public Key Retrieval is not allowed|read[ -]only (?:mode|option|database|file|user)|super-read-only/i,
    /grant (?:the )?.{0,40}(?:privilege|permission)|Kerberos|GSS initiate failed|\bSSO|token (?:has )?expired|HTTP 40[13]|\b40[13] (?:Unauthorized|Forbidden)/i,
    /authentication (?:failed|error|required|exception)|authorization (?:failed|error)|AuthorizationException|not allowed to|is not allowed (?:to|from)/i,
  ]),
  ...makeRules('lock_deadlock_timeout', [
    /Lock wait timeout|deadlock|resource busy|lock request time ?out|database is locked|could not acquire (?:change ?log )?lock|Could not acquire .{0,30}lock/i,
    /snapshot isolation transaction aborted|WriteConflict|maximum statement execution time|max_execution_time|MigrationLocked|migration table is already locked|LockException/i,
    /waiting for (?:changelog )?lock|(?:query|statement|transaction|lock|execution|operation|job)s? (?:has |was )?(?:timed ?-?out|timeout|cancell?ed due to timeout)|Timeout expired|timeout (?:period )?elapsed/i,
    /QueryTimeout|ExceededTimeLimit|distributed.{0,20}lock|metadata lock|acquir(?:e|ing) .{0,60}\block\b|is active for PID|another migration (?:process )?is|PessimisticLock|CannotAcquireLock|lock(?:ed)? by another/i,
  ]),
  ...makeRules('resource_disk_memory', [
    /No space left|lack of (?:disk )?space|failed with error 28\b|errno: 28\b|storage (?:is )?full|disk space|disk (?:is )?full|not enough (?:disk )?space|out of (?:disk|memory)|The table .{0,120}is full|OutOfMemory|Java heap space|GC overhead|unable to (?:extend|allocate|create new native)/i,
    /(?:bigger|larger|greater) than .?max_allowed_packet|max_allowed_packet|packet (?:bigger than|too (?:large|big)|for query is too large)|quota|(?:bytes|rate|size|resource|memory) limit|exceeded .{0,30}(?:limit|maximum)|limit exceeded/i,
    /Cannot allocate memory|\bENOMEM|\bENOSPC|\bOOM|^\W{0,4}Killed\b|\bKilled {2,}|process .{0,80}killed|exit code 137|signal 9|too many (?:open files|connections|requests)|\bEMFILE|snapshot too old|\bundo\b|transaction log .{0,120}full|Could not allocate (?:space|memory)/i,
    /maximum (?:number of|size|length) .{0,80}(?:exceeded|reached)|document (?:is )?too large|BSONObj(?:ect)? size|message (?:size|is) .{0,60}(?:larger|too large|exceeds)|RecordTooLarge|insufficient (?:memory|disk|space|storage|resources)/i,
    /exhausted|Connection pool|heap (?:limit|out of memory)|memory (?:limit|exceeded|allocation)|exceeds? (?:the )?(?:maximum|limit|memory|available)|I\/O error|Input\/output error|evicted|Resource temporarily unavailable/i,
  ]),
  ...makeRules('duplicate_object', [
    /Duplicate (?:column|key|table|object|foreign key|constraint|index|check|view|procedure) ?name|Duplicate (?:foreign key|check|unique|primary key) constraint name|Duplicate (?:column|index|table|key name)|is already used by an existing|such column list already indexed/i,
    /already (?:has|have|contains|been|an object)|DuplicateTable|DuplicateColumn|DuplicateObject|NamespaceExists|name .{0,60}already (?:used|in use|taken)|TableExists|FileExists|AlreadyExists|\bEEXIST/i,
    /Found more than one migration|more than one migration with version|conflicts with (?:an )?existing|already named|Duplicate migration|found non-empty schema|database schema is not empty/i,
  ]),
  ...makeRules('missing_object', [
    /\b(?:Table|view|database|schema|function|procedure|collection|role|user|type|relation|file|sequence|library|driver|directory|path|module|package|class|topic|bucket|key|object|revision|migration|ns) .{0,160}(?:doesn't exist|not found|does not exist|not exist|could not be found|cannot be found|was not found|is missing|unknown)/i,
    /Unknown (?:table|database|schema|type|function|user|storage engine|revision)|No such|Invalid object name|Could not find|can't (?:locate|find|open)|cannot (?:find|open|locate)|Can't DROP|not found|NoSuch|\bENOENT/i,
    /FileNotFound|ClassNotFound|ModuleNotFound|UndefinedTable|UndefinedObject|UndefinedFunction|No (?:suitable )?driver|No database selected|is not recognized as|command not found|no longer (?:available|exists)/i,
    /purged (?:the )?(?:required )?binary log|find first log file|binlog .{0,60}(?:purged|not found|missing)|first log file|must be declared|not registered|LSN .{0,60}(?:no longer|not)|offset .{0,60}no longer available|missing (?:file|table|schema|driver|migration|topic|module|dependency)/i,
    /(?:undefined|unknown) (?:table|relation|object|role|schema|type)|cannot be resolved|Cannot drop the|Detected applied migration not resolved|unable to (?:find|locate|open|load|resolve)|failed to (?:open|load|find|locate)|is not (?:defined|present)|nonexistent|UnknownTopic|does not host|No installed|No module|cannot load such|is not loaded|\bLoadError|references invalid|(?:is|are|was|were|partially) missing\b|must exist|missing log file/i,
  ]),
  ...makeRules('connectivity', [
    /Connection ?refused|\bconnect(?:ion|ing)? (?:to|with|from) .{1,80}\b(?:refused|reset|timed out|failed)|\bECONNREFUSED|\bECONNRESET|\bETIMEDOUT|\bENOTFOUND|\bEAI_AGAIN|\bEHOSTUNREACH|Connection reset|Communications link failure|CommunicationsException|UnknownHost|No route to host|network (?:is )?unreachable/i,
    /Can't connect|cannot connect|could not (?:open|create|establish|get) .{0,30}connection|unable to (?:connect|acquire|obtain|get).{0,30}(?:connection|server|host|database)?|failed to (?:connect|establish|obtain JDBC)|connect(?:ion)? (?:attempt )?(?:timed? ?out|timeout)/i,
    /SocketException|SocketTimeout|SSLHandshake|SSLException|PKIX|certificate|handshake|\bTLS|getaddrinfo|name (?:or service not known|resolution)|socket (?:hang up|closed|error)|read timed out|i\/o timeout/i,
    /no listener|listener|\bTNS:|Adapter could not|ServerSelection|server selection|No suitable servers|no reachable servers|connection (?:is )?(?:not available|lost|broken|interrupted|dropped|unexpectedly)|Connection(?:Exception|Error|Failure)|not reachable|unreachable/i,
    /\bEOF\b|unexpected (?:EOF|end of (?:stream|file))|end-of-file on communication|EOFException|bad handshake|Broker .{0,60}(?:not available|disconnected)|LEADER_NOT|DisconnectException|OperationalError|TimeoutException|timed ?out|timeout/i,
  ]),
  ...makeRules('version_incompatibility', [
    /not (?:yet )?support(?:ed)?|unsupported|UnsupportedClassVersion|incompatible (?:version|with)|requires .{0,40}version|version .{0,60}(?:required|mismatch|incompatible|too old|too new|newer|older|not supported)|Upgrade (?:your|the|to)/i,
    /Unknown (?:system variable|collation|option|variable)|unknown (?:variable|option|argument)|unrecognized (?:option|argument|configuration)|NoSuchMethodError|NotImplemented|AbstractMethodError|does not support|no longer supported|plugin .{0,60}(?:not loaded|cannot be loaded)/i,
    /requires? (?:Java|Python|Node|Ruby)|has been compiled by a more recent|UnsupportedOperation|FeatureNotSupported|sql_mode|incompatible (?:library|client|server)/i,
  ]),
  ...makeRules('syntax', [
    /error in your SQL syntax|Incorrect syntax|syntax (?:error|to use)|SyntaxError|BadSqlGrammar|missing (?:expression|keyword|right parenthesis|left parenthesis|SELECT|comma)|not properly ended|invalid (?:SQL|statement|character)/i,
    /cvc-|SAXParse|Invalid content was found|unknown command|Error parsing (?:line|XML|YAML)|mismatched input|Unexpected (?:token|character|end|keyword)|unterminated|Unclosed|Encountered ".{0,60}" at|Parser(?:Error|Exception)|cannot be parsed|yaml\.|malformed|near ".{0,60}":/i,
    /Error validating|schema validation error|Could not render|undefined variable|is undefined|Jinja|bad SQL grammar/i,
  ]),
  ...makeRules('tool_internal', [
    /index out of (?:range|bounds)|cache lookup failed|invalid page in block|could not read block|(?:missing|unexpected) chunk number|NullPointerException|internal error|Segmentation fault|SIGSEGV|core dumped|assertion failed|AssertionError|panic:|IllegalStateException|IndexOutOfBounds|Cannot read propert|undefined is not|nil pointer/i,
    /stack overflow|StackOverflow|\bAttributeError|NoMethodError|\bTypeError|\bKeyError|\bIndexError|UnboundLocalError|\bNameError|unexpected null|This is a bug|please (?:report|file a bug)|bug in|Heap exhausted|Unhandled condition|The value(?: .{0,80}is not of type|\s*$)/i,
    /SIGABRT|\bReferenceError|\bRangeError|invariant|unreachable code|Can't use an undefined value|Not a HASH|ConcurrentModification|Invalid index \d|ESRAP|IllegalArgument|fell through|INTERNAL_ERROR|corrupt/i,
  ]),
  ...makeRules('other', [
    /checksum mismatch|user cancell?ed|cancell?ed (?:by|on) user|interrupted|SIGINT|SIGTERM|wal_level|missing (?:required )?(?:argument|option|parameter|configuration|property|setting)|ConfigException|must have .{1,60} enabled|must be (?:set|enabled|configured|supplied|specified|provided|given)|prerequisite|is not (?:set|enabled|configured)/i,
  ]),
]
