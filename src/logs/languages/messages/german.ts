/** Taken by bench/write-languages.ts from PostgreSQL 15's and glibc's own catalogues for de. */
export const german = {
  words: String.raw`
HINT | TIPP
HINT | TIP
CONTEXT | ZUSAMMENHANG
CONTEXT | KONTEXT
STATEMENT | ANWEISUNG
QUERY | ANFRAGE
LOCATION | ORT
ERROR | FEHLER
PANIC | PANIK
WARNING | WARNUNG
NOTICE | HINWEIS
error | Fehler
warning | Warnung
detail | Detail
hint | Tipp`,
  messages: String.raw`
duplicate key value violates unique constraint "%s" | doppelter Schlüsselwert verletzt Unique-Constraint »%s«
could not create unique index "%s" | konnte Unique Index »%s« nicht erstellen
insert or update on table "%s" violates foreign key constraint "%s" | Einfügen oder Aktualisieren in Tabelle »%s« verletzt Fremdschlüssel-Constraint »%s«
update or delete on table "%s" violates foreign key constraint "%s" on table "%s" | Aktualisieren oder Löschen in Tabelle »%s« verletzt Fremdschlüssel-Constraint »%s« von Tabelle »%s«
null value in column "%s" of relation "%s" violates not-null constraint | NULL-Wert in Spalte »%s« von Relation »%s« verletzt Not-Null-Constraint
new row for relation "%s" violates check constraint "%s" | neue Zeile für Relation »%s« verletzt Check-Constraint »%s«
check constraint "%s" of relation "%s" is violated by some row | Check-Constraint »%s« von Relation »%s« wird von irgendeiner Zeile verletzt
conflicting key value violates exclusion constraint "%s" | kollidierender Schlüsselwert verletzt Exclusion-Constraint »%s«
value for domain %s violates check constraint "%s" | Wert für Domäne %s verletzt Check-Constraint »%s«
column "%s" of relation "%s" contains null values | Spalte »%s« von Relation »%s« enthält NULL-Werte
new row for relation "%s" violates partition constraint | neue Zeile für Relation »%s« verletzt Partitions-Constraint
no partition of relation "%s" found for row | keine Partition von Relation »%s« für die Zeile gefunden
Key %s already exists. | Schlüssel »%s« existiert bereits.
Key %s is duplicated. | Schlüssel %s ist doppelt vorhanden.
Key %s conflicts with existing key %s. | Schlüssel %s kollidiert mit vorhandenem Schlüssel %s.
Key (%s)=(%s) is not present in table "%s". | Schlüssel (%s)=(%s) ist nicht in Tabelle »%s« vorhanden.
Key (%s)=(%s) is still referenced from table "%s". | Auf Schlüssel (%s)=(%s) wird noch aus Tabelle »%s« verwiesen.
Failing row contains %s. | Fehlgeschlagene Zeile enthält %s.
relation "%s" does not exist | Relation »%s« existiert nicht
relation "%s.%s" does not exist | Relation »%s.%s« existiert nicht
relation "%s" already exists | Relation »%s« existiert bereits
table "%s" does not exist | Tabelle »%s« existiert nicht
schema "%s" does not exist | Schema »%s« existiert nicht
schema "%s" already exists | Schema »%s« existiert bereits
database "%s" does not exist | Datenbank »%s« existiert nicht
database "%s" already exists | Datenbank »%s« existiert bereits
role "%s" does not exist | Rolle »%s« existiert nicht
role "%s" already exists | Rolle »%s« existiert bereits
type "%s" does not exist | Typ »%s« existiert nicht
type "%s" already exists | Typ »%s« existiert bereits
index "%s" does not exist | Index »%s« existiert nicht
sequence "%s" does not exist | Sequenz »%s« existiert nicht
extension "%s" does not exist | Erweiterung »%s« existiert nicht
extension "%s" already exists | Erweiterung »%s« existiert bereits
extension "%s" is not available | Erweiterung »%s« ist nicht verfügbar
could not open extension control file "%s": %m | konnte Erweiterungskontrolldatei »%s« nicht öffnen: %m
function %s does not exist | Funktion %s existiert nicht
function "%s" already exists with same argument types | Funktion »%s« existiert bereits mit den selben Argumenttypen
constraint "%s" of relation "%s" does not exist | Constraint »%s« von Relation »%s« existiert nicht
constraint "%s" for relation "%s" already exists | Constraint »%s« existiert bereits für Relation »%s«
trigger "%s" for relation "%s" already exists | Trigger »%s« für Relation »%s« existiert bereits
trigger "%s" for table "%s" does not exist | Trigger »%s« für Tabelle »%s« existiert nicht
column "%s" does not exist | Spalte »%s« existiert nicht
column %s.%s does not exist | Spalte %s.%s existiert nicht
column "%s" of relation "%s" does not exist | Spalte »%s« von Relation »%s« existiert nicht
column "%s" of relation "%s" already exists | Spalte »%s« von Relation »%s« existiert bereits
column "%s" specified more than once | Spalte »%s« mehrmals angegeben
column "%s" is of type %s but expression is of type %s | Spalte »%s« hat Typ %s, aber der Ausdruck hat Typ %s
column "%s" cannot be cast automatically to type %s | Spalte »%s« kann nicht automatisch in Typ %s umgewandelt werden
column reference "%s" is ambiguous | Spaltenverweis »%s« ist nicht eindeutig
operator does not exist: %s | Operator existiert nicht: %s
INSERT has more target columns than expressions | INSERT hat mehr Zielspalten als Ausdrücke
INSERT has more expressions than target columns | INSERT hat mehr Ausdrücke als Zielspalten
multiple primary keys for table "%s" are not allowed | mehrere Primärschlüssel für Tabelle »%s« nicht erlaubt
there is no unique constraint matching given keys for referenced table "%s" | in Tabelle »%s«, auf die verwiesen wird, gibt es keinen Unique-Constraint, der auf die angegebenen Schlüssel passt
foreign key constraint "%s" cannot be implemented | Fremdschlüssel-Constraint »%s« kann nicht implementiert werden
missing data for column "%s" | fehlende Daten für Spalte »%s«
extra data after last expected column | zusätzliche Daten nach letzter erwarteter Spalte
value too long for type character varying(%d) | Wert zu lang für Typ character varying(%d)
value too long for type character(%d) | Wert zu lang für Typ character(%d)
invalid input syntax for type %s: "%s" | ungültige Eingabesyntax für Typ %s: »%s«
invalid input syntax for type %s | ungültige Eingabesyntax für Typ %s
invalid input value for enum %s: "%s" | ungültiger Eingabewert für Enum %s: »%s«
value "%s" is out of range for type %s | Wert »%s« ist außerhalb des gültigen Bereichs für Typ %s
integer out of range | integer ist außerhalb des gültigen Bereichs
bigint out of range | bigint ist außerhalb des gültigen Bereichs
smallint out of range | smallint ist außerhalb des gültigen Bereichs
numeric field overflow | Feldüberlauf bei Typ »numeric«
date/time field value out of range: "%s" | Datum/Zeit-Feldwert ist außerhalb des gültigen Bereichs: »%s«
division by zero | Division durch Null
malformed array literal: "%s" | fehlerhafte Arraykonstante: »%s«
invalid byte sequence for encoding "%s": %s | ungültige Byte-Sequenz für Kodierung »%s«: %s
character with byte sequence %s in encoding "%s" has no equivalent in encoding "%s" | Zeichen mit Byte-Folge %s in Kodierung »%s« hat keine Entsprechung in Kodierung »%s«
unterminated CSV quoted field | Quotes in CSV-Feld nicht abgeschlossen
permission denied for table %s | keine Berechtigung für Tabelle %s
permission denied for schema %s | keine Berechtigung für Schema %s
permission denied for database %s | keine Berechtigung für Datenbank %s
permission denied for sequence %s | keine Berechtigung für Sequenz %s
permission denied for function %s | keine Berechtigung für Funktion %s
permission denied for view %s | keine Berechtigung für Sicht %s
permission denied to create database | keine Berechtigung, um Datenbank zu erzeugen
permission denied to create role | keine Berechtigung, um Rolle zu erzeugen
permission denied to create extension "%s" | keine Berechtigung, um Erweiterung »%s« zu erzeugen
permission denied to set parameter "%s" | keine Berechtigung, um Parameter »%s« zu setzen
must be owner of table %s | Berechtigung nur für Eigentümer der Tabelle %s
must be owner of schema %s | Berechtigung nur für Eigentümer des Schemas %s
must be superuser to create superusers | nur Superuser können Superuser anlegen
password authentication failed for user "%s" | Passwort-Authentifizierung für Benutzer »%s« fehlgeschlagen
role "%s" is not permitted to log in | Rolle »%s« hat keine Berechtigung zum Einloggen
Peer authentication failed for user "%s" | Peer-Authentifizierung für Benutzer »%s« fehlgeschlagen
Ident authentication failed for user "%s" | Ident-Authentifizierung für Benutzer »%s« fehlgeschlagen
no pg_hba.conf entry for host "%s", user "%s", database "%s", %s | kein pg_hba.conf-Eintrag für Host »%s«, Benutzer »%s«, Datenbank »%s«, %s
cannot execute %s in a read-only transaction | %s kann nicht in einer Read-Only-Transaktion ausgeführt werden
deadlock detected | Verklemmung (Deadlock) entdeckt
canceling statement due to lock timeout | storniere Anfrage wegen Zeitüberschreitung einer Sperre
canceling statement due to statement timeout | storniere Anfrage wegen Zeitüberschreitung der Anfrage
canceling statement due to user request | storniere Anfrage wegen Benutzeraufforderung
could not obtain lock on relation "%s" | konnte Sperre für Relation »%s« nicht setzen
could not serialize access due to concurrent update | konnte Zugriff nicht serialisieren wegen gleichzeitiger Aktualisierung
database "%s" is being accessed by other users | auf Datenbank »%s« wird von anderen Benutzern zugegriffen
out of memory | Speicher aufgebraucht
out of memory | Hauptspeicher erschöpft
out of shared memory | Shared Memory aufgebraucht
could not extend file "%s": %m | konnte Datei »%s« nicht erweitern: %m
could not write to file "%s": %m | konnte nicht in Datei »%s« schreiben: %m
could not open file "%s": %m | konnte Datei »%s« nicht öffnen: %m
could not fsync file "%s": %m | konnte Datei »%s« nicht fsyncen: %m
could not access file "%s": %m | konnte nicht auf Datei »%s« zugreifen: %m
sorry, too many clients already | tut mir leid, schon zu viele Verbindungen
too many connections for role "%s" | zu viele Verbindungen von Rolle »%s«
remaining connection slots are reserved for non-replication superuser connections | die verbleibenden Verbindungen sind für Superuser auf Nicht-Replikationsverbindungen reserviert
cannot drop %s because other objects depend on it | kann %s nicht löschen, weil andere Objekte davon abhängen
%s at or near "%s" | %s bei »%s«
%s at end of input | %s am Ende der Eingabe
syntax error | Syntaxfehler
current transaction is aborted, commands ignored until end of transaction block | aktuelle Transaktion wurde abgebrochen, Befehle werden bis zum Ende der Transaktion ignoriert
unrecognized configuration parameter "%s" | unbekannter Konfigurationsparameter »%s«
terminating connection due to administrator command | Verbindung wird abgebrochen aufgrund von Anweisung des Administrators
terminating connection because of crash of another server process | Verbindung wird abgebrochen wegen Absturz eines anderen Serverprozesses
the database system is starting up | das Datenbanksystem startet
the database system is shutting down | das Datenbanksystem fährt herunter
the database system is in recovery mode | das Datenbanksystem ist im Wiederherstellungsmodus
the database system is not yet accepting connections | das Datenbanksystem nimmt noch keine Verbindungen an
unexpected EOF on client connection with an open transaction | unerwartetes EOF auf Client-Verbindung mit einer offenen Transaktion
could not receive data from client: %m | konnte Daten vom Client nicht empfangen: %m
there is no transaction in progress | keine Transaktion offen
there is already a transaction in progress | eine Transaktion ist bereits begonnen
relation "%s" already exists, skipping | Relation »%s« existiert bereits, wird übersprungen
extension "%s" already exists, skipping | Erweiterung »%s« existiert bereits, wird übersprungen
schema "%s" already exists, skipping | Schema »%s« existiert bereits, wird übersprungen
relation "%s" does not exist, skipping | Relation »%s« existiert nicht, wird übersprungen
table "%s" does not exist, skipping | Tabelle »%s« existiert nicht, wird übersprungen
column "%s" of relation "%s" already exists, skipping | Spalte »%s« von Relation »%s« existiert bereits, wird übersprungen
connection to server at "%s", port %s failed:  | Verbindung zum Server auf »%s«, Port %s fehlgeschlagen: 
connection to server on socket "%s" failed:  | Verbindung zum Server auf Socket »%s« fehlgeschlagen: 
could not translate host name "%s" to address: %s | konnte Hostnamen »%s« nicht in Adresse übersetzen: %s
unsupported version (%d.%d) in file header | nicht unterstützte Version (%d.%d) im Dateikopf
aborting because of server version mismatch | Abbruch wegen unpassender Serverversion
connection to server was lost | Verbindung zum Server wurde verloren
database files are incompatible with server | Datenbankdateien sind inkompatibel mit Server
lock file "%s" already exists | Sperrdatei »%s« existiert bereits
replication slot "%s" does not exist | Replikations-Slot »%s« existiert nicht
could not connect to the primary server: %s | konnte nicht mit dem Primärserver verbinden: %s
cannot truncate a table referenced in a foreign key constraint | kann eine Tabelle, die in einen Fremdschlüssel-Constraint eingebunden ist, nicht leeren
cannot insert a non-DEFAULT value into column "%s" | kann keinen Wert außer DEFAULT in Spalte »%s« einfügen
cannot insert into view "%s" | kann nicht in Sicht »%s« einfügen
No space left on device | Auf dem Gerät ist kein Speicherplatz mehr verfügbar
Permission denied | Keine Berechtigung
No such file or directory | Datei oder Verzeichnis nicht gefunden
Cannot allocate memory | Nicht genügend Hauptspeicher verfügbar
Connection refused | Verbindungsaufbau abgelehnt
Connection timed out | Die Wartezeit für die Verbindung ist abgelaufen
Connection reset by peer | Die Verbindung wurde vom Kommunikationspartner zurückgesetzt
Too many open files | Zu viele offene Dateien
Input/output error | Eingabe-/Ausgabefehler
No route to host | Keine Route zum Zielrechner
Network is unreachable | Das Netzwerk ist nicht erreichbar
Broken pipe | Datenübergabe unterbrochen (broken pipe)
Name or service not known | Der Name oder der Dienst ist nicht bekannt
Temporary failure in name resolution | Temporärer Fehler bei der Namensauflösung
Disk quota exceeded | Der zugewiesene Plattenplatz (Quota) ist überschritten
File exists | Die Datei existiert bereits
Is a directory | Ist ein Verzeichnis
Read-only file system | Das Dateisystem ist nur lesbar
File too large | Die Datei ist zu groß
Resource temporarily unavailable | Die Ressource ist zur Zeit nicht verfügbar
COPY %s, line %llu, column %s: "%s" | COPY %s, Zeile %llu, Spalte %s: »%s«
COPY %s, line %llu, column %s: null input | COPY %s, Zeile %llu, Spalte %s: NULL Eingabe
COPY %s, line %llu, column %s | COPY %s, Zeile %llu, Spalte %s
COPY %s, line %llu: "%s" | COPY %s, Zeile %llu: »%s«
COPY %s, line %llu | COPY %s, Zeile %llu
server closed the connection unexpectedly | Server beendete die Verbindung unerwartet
could not execute query | konnte Anfrage nicht ausführen
could not write to log file %s at offset %u, length %zu: %m | konnte nicht in Logdatei %s bei Position %u, Länge %zu schreiben: %m
SSL connection has been closed unexpectedly | SSL-Verbindung wurde unerwartet geschlossen
syntax error at or near "%s" | Syntaxfehler bei »%s«
syntax error at end of input | Syntaxfehler am Ende der Eingabe
LINE %d:  | ZEILE %d: `,
}
