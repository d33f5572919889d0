/** Taken by bench/write-languages.ts from PostgreSQL 15's and glibc's own catalogues for it. */
export const italian = {
  words: String.raw`
DETAIL | DETTAGLI
HINT | SUGGERIMENTO
HINT | NOTA
CONTEXT | CONTESTO
STATEMENT | ISTRUZIONE
STATEMENT | COMANDO
LOCATION | POSIZIONE
ERROR | ERRORE
FATAL | FATALE
PANIC | PANICO
WARNING | ATTENZIONE
NOTICE | NOTIFICA
error | errore
warning | avvertimento
warning | avviso
detail | dettaglio
hint | suggerimento`,
  messages: String.raw`
duplicate key value violates unique constraint "%s" | un valore chiave duplicato viola il vincolo univoco "%s"
could not create unique index "%s" | creazione dell'indice univoco "%s" fallita
insert or update on table "%s" violates foreign key constraint "%s" | la INSERT o l'UPDATE sulla tabella "%s" viola il vincolo di chiave esterna "%s"
update or delete on table "%s" violates foreign key constraint "%s" on table "%s" | l'istruzione UPDATE o DELETE sulla tabella "%s" viola il vincolo di chiave esterna "%s" sulla tabella "%s"
null value in column "%s" of relation "%s" violates not-null constraint | il valore nullo nella colonna "%s" della relazione "%s" viola il vincolo non nullo
new row for relation "%s" violates check constraint "%s" | la nuova riga per la relazione "%s" viola il vincolo di controllo "%s"
check constraint "%s" of relation "%s" is violated by some row | controlla il vincolo "%s" della relazione "%s" è violato da qualche riga
conflicting key value violates exclusion constraint "%s" | le chiavi in conflitto violano il vincolo di esclusione "%s"
value for domain %s violates check constraint "%s" | il valore per il DOMAIN %s viola il vincolo di controllo "%s"
column "%s" of relation "%s" contains null values | la colonna "%s" della relazione "%s" contiene valori null
new row for relation "%s" violates partition constraint | la nuova riga per la partizione "%s" viola il vincolo di partizione
no partition of relation "%s" found for row | nessuna partizione della relazione "%s" trovata per la riga
Key %s already exists. | La chiave %s esiste già.
Key %s is duplicated. | La chiave %s è duplicata.
Key %s conflicts with existing key %s. | La chiave %s è in conflitto con la chiave esistente %s.
Key (%s)=(%s) is not present in table "%s". | La chiave (%s)=(%s) non è presente nella tabella "%s".
Key (%s)=(%s) is still referenced from table "%s". | La chiave (%s)=(%s) è ancora referenziata dalla tabella "%s".
Failing row contains %s. | La riga in errore contiene %s.
relation "%s" does not exist | la relazione "%s" non esiste
relation "%s.%s" does not exist | la relazione "%s.%s" non esiste
relation "%s" already exists | la relazione "%s" esiste già
table "%s" does not exist | la tabella "%s" non esiste
schema "%s" does not exist | lo schema "%s" non esiste
schema "%s" already exists | lo schema "%s" esiste già
database "%s" does not exist | il database "%s" non esiste
database "%s" already exists | il database "%s" esiste già
role "%s" does not exist | il ruolo "%s" non esiste
role "%s" already exists | il ruolo "%s" esiste già
type "%s" does not exist | il tipo "%s" non esiste
type "%s" already exists | il tipo "%s" esiste già
index "%s" does not exist | l'indice "%s" non esiste
sequence "%s" does not exist | la sequenza "%s" non esiste
extension "%s" does not exist | l'estensione "%s" non esiste
extension "%s" already exists | l'estensione "%s" esiste già
extension "%s" is not available | l'estensione "%s" non è disponibile
could not open extension control file "%s": %m | apertura del file di controllo dell'estensione "%s" fallita: %m
function %s does not exist | la funzione %s non esiste
function "%s" already exists with same argument types | la funzione "%s" esiste già, con gli stessi tipi di argomenti
constraint "%s" of relation "%s" does not exist | il vincolo "%s" della relazione "%s" non esiste
constraint "%s" for relation "%s" already exists | il vincolo "%s" per la relazione "%s" esiste già
trigger "%s" for relation "%s" already exists | il trigger "%s" per la relazione "%s" esiste già
trigger "%s" for table "%s" does not exist | il trigger "%s" per la tabella "%s" non esiste
column "%s" does not exist | la colonna "%s" non esiste
column %s.%s does not exist | la colonna %s.%s non esiste
column "%s" of relation "%s" does not exist | la colonna "%s" della relazione "%s" non esiste
column "%s" of relation "%s" already exists | la colonna "%s" della relazione "%s" esiste già
column "%s" specified more than once | la colonna "%s" è stata specificata più di una volta
column "%s" is of type %s but expression is of type %s | la colonna "%s" è di tipo %s ma l'espressione è di tipo %s
column "%s" cannot be cast automatically to type %s | la colonna "%s" non può essere convertita automaticamente al tipo %s
column reference "%s" is ambiguous | il riferimento alla colonna "%s" è ambiguo
operator does not exist: %s | l'operatore non esiste: %s
INSERT has more target columns than expressions | INSERT ha più colonne di destinazione che espressioni
INSERT has more expressions than target columns | INSERT ha più espressioni che colonne di destinazione
multiple primary keys for table "%s" are not allowed | non è possibile avere più di una chiave primaria per la tabella "%s"
there is no unique constraint matching given keys for referenced table "%s" | non c'è alcun vincolo univoco che corrisponda alle chiavi indicate per la tabella referenziata "%s"
foreign key constraint "%s" cannot be implemented | non è possibile implementare il vincolo di chiave esterna "%s"
missing data for column "%s" | dati mancanti per la colonna "%s"
extra data after last expected column | ci sono dati in eccesso dopo l'ultima colonna attesa
value too long for type character varying(%d) | il valore è troppo lungo per il tipo character varying(%d)
value too long for type character(%d) | il valore è troppo lungo per il tipo character(%d)
invalid input syntax for type %s: "%s" | sintassi di input non valida per il tipo %s: "%s"
invalid input syntax for type %s | sintassi di input non valida per il tipo %s
invalid input value for enum %s: "%s" | la sintassi per l'enumerazione %s non è valida: "%s"
value "%s" is out of range for type %s | valore "%s" fuori dall'intervallo consentito per il tipo %s
integer out of range | intero fuori dall'intervallo
bigint out of range | bigint fuori dall'intervallo consentito
smallint out of range | il valore è fuori dall'intervallo consentito per il tipo smallint
numeric field overflow | il campo numeric causa un overflow
date/time field value out of range: "%s" | valore del campo date/time fuori dall'intervallo consentito: "%s"
division by zero | divisione per zero
malformed array literal: "%s" | il letterale array non è definito in modo corretto: "%s"
invalid byte sequence for encoding "%s": %s | sequenza di byte non valida per la codifica "%s": %s
character with byte sequence %s in encoding "%s" has no equivalent in encoding "%s" | il carattere con sequenza di byte %s nella codifica "%s" non ha un equivalente nella codifica "%s"
unterminated CSV quoted field | campo CSV tra virgolette non terminato
permission denied for table %s | permesso negato per la tabella %s
permission denied for schema %s | permesso negato per lo schema %s
permission denied for database %s | permesso negato per il database %s
permission denied for sequence %s | permesso negato per la sequenza %s
permission denied for function %s | permesso negato per la funzione %s
permission denied for view %s | permesso negato per la vista %s
permission denied to create database | permesso di creare il database negato
permission denied to create role | permesso di creare il ruolo negato
permission denied to create extension "%s" | permesso di creare l'estensione "%s" negato
permission denied to set parameter "%s" | permesso di impostare il parametro "%s" negato
must be owner of table %s | bisogna essere proprietari della tabella %s
must be owner of schema %s | bisogna essere proprietari dello schema %s
must be superuser to create superusers | solo i superutenti possono creare superutenti
password authentication failed for user "%s" | autenticazione con password fallita per l'utente "%s"
role "%s" is not permitted to log in | al ruolo "%s" non è consentito effettuare il login
Peer authentication failed for user "%s" | Autenticazione Peer fallita per l'utente "%s"
Ident authentication failed for user "%s" | Autenticazione Ident fallita per l'utente "%s"
no pg_hba.conf entry for host "%s", user "%s", database "%s", %s | nessuna voce in pg_hba.conf per l'host "%s", utente "%s", database "%s", %s
cannot execute %s in a read-only transaction | non è possibile eseguire %s in una transazione a sola lettura
deadlock detected | rilevato deadlock
canceling statement due to lock timeout | annullamento dell'istruzione a causa di timeout di lock
canceling statement due to statement timeout | annullamento dell'istruzione a causa di timeout
canceling statement due to user request | annullamento dell'istruzione su richiesta dell'utente
could not obtain lock on relation "%s" | lock della relazione "%s" fallito
could not serialize access due to concurrent update | serializzazione dell'accesso fallita a causa di modifiche concorrenti
database "%s" is being accessed by other users | il database "%s" è attualmente utilizzato da altri utenti
out of memory | memoria esaurita
out of memory | memoria insufficiente
out of shared memory | memoria condivisa esaurita
could not extend file "%s": %m | non è stato possibile estendere il file "%s": %m
could not write to file "%s": %m | scrittura nel file "%s" fallita: %m
could not open file "%s": %m | apertura del file "%s" fallita: %m
could not fsync file "%s": %m | fsync del file "%s" fallito: %m
could not access file "%s": %m | accesso al file "%s" fallito: %m
sorry, too many clients already | spiacente, troppi client già connessi
too many connections for role "%s" | troppe connessioni per il ruolo "%s"
remaining connection slots are reserved for non-replication superuser connections | i rimanenti slot di connessione sono riservati a connessioni di superutenti non di replica
cannot drop %s because other objects depend on it | non è possibile eliminare %s perché altri oggetti dipendono da esso
%s at or near "%s" | %s a o presso "%s"
%s at end of input | %s alla fine dell'input
syntax error | errore di sintassi
current transaction is aborted, commands ignored until end of transaction block | la transazione corrente è interrotta, i comandi saranno ignorati fino alla fine del blocco della transazione
unrecognized configuration parameter "%s" | parametro di configurazione "%s" sconosciuto
terminating connection due to administrator command | interruzione della connessione su comando dell'amministratore
terminating connection because of crash of another server process | la connessione è stata terminata a causa del crash di un altro processo del server
the database system is starting up | il database si sta avviando
the database system is shutting down | il database si sta spegnendo
the database system is in recovery mode | il database è in modalità di ripristino
the database system is not yet accepting connections | il sistema di database non accetta ancora connessioni
unexpected EOF on client connection with an open transaction | fine-file inaspettato sulla connessione del client con una transazione aperta
could not receive data from client: %m | ricezione dati dal client fallita: %m
there is no transaction in progress | non c'è alcuna transazione in corso
there is already a transaction in progress | c'è già una transazione in corso
relation "%s" already exists, skipping | la relazione "%s" esiste già, saltata
extension "%s" already exists, skipping | l'estensione "%s" esiste già, saltata
schema "%s" already exists, skipping | lo schema "%s" esiste già, saltato
relation "%s" does not exist, skipping | la relazione "%s" non esiste, saltata
table "%s" does not exist, skipping | la tabella "%s" non esiste, saltata
column "%s" of relation "%s" already exists, skipping | la colonna "%s" della relazione "%s" esiste già, saltata
connection to server at "%s", port %s failed:  | connessione al server su "%s", porta %s non riuscita: 
connection to server on socket "%s" failed:  | connessione al server sul socket "%s" non riuscita: 
could not translate host name "%s" to address: %s | conversione del nome host "%s" in indirizzo fallita: %s
unsupported version (%d.%d) in file header | versione (%d.%d) non supportata nell'intestazione del file
aborting because of server version mismatch | abortito perché la versione del server non corrisponde
connection to server was lost | connessione al server persa
database files are incompatible with server | i file del database sono incompatibili col server
lock file "%s" already exists | il file di lock "%s" esiste già
replication slot "%s" does not exist | lo slot di replica "%s" non esiste
could not connect to the primary server: %s | connessione al server primario fallita: %s
cannot truncate a table referenced in a foreign key constraint | non è possibile troncare una tabella referenziata da un vincolo di chiave esterna
cannot insert a non-DEFAULT value into column "%s" | impossibile inserire un valore non DEFAULT nella colonna "%s"
cannot insert into view "%s" | non è possibile inserire nella vista "%s"
No space left on device | Spazio esaurito sul device
Permission denied | Permesso negato
No such file or directory | File o directory non esistente
Cannot allocate memory | Impossibile allocare memoria
Connection refused | Connessione rifiutata
Connection timed out | Connessione scaduta
Connection reset by peer | Connessione interrotta dal corrispondente
Too many open files | Troppi file aperti
Input/output error | Errore di input/output
No route to host | Nessun instradamento per l'host
Network is unreachable | La rete non è raggiungibile
Broken pipe | Pipe interrotta
Name or service not known | Nome o servizio sconosciuto
Temporary failure in name resolution | Errore temporaneo nella risoluzione del nome
Disk quota exceeded | Quota disco superata
File exists | File già esistente
Is a directory | È una directory
Read-only file system | File system in sola lettura
File too large | File troppo grande
Resource temporarily unavailable | Risorsa temporaneamente non disponibile
COPY %s, line %llu, column %s: "%s" | COPY %s, riga %llu, colonna %s: "%s"
COPY %s, line %llu, column %s: null input | COPY %s, riga %llu, colonna %s: input nullo
COPY %s, line %llu, column %s | COPY %s, riga %llu, colonna %s
COPY %s, line %llu: "%s" | COPY %s, riga %llu: "%s"
COPY %s, line %llu | COPY %s, riga %llu
server closed the connection unexpectedly | il server ha chiuso la connessione inaspettatamente
could not execute query | esecuzione della query fallita
could not write to log file %s at offset %u, length %zu: %m | scrittura nel file di log %s in posizione %u, lunghezza %zu fallita: %m
SSL connection has been closed unexpectedly | la connessione SSL è stata chiusa inaspettatamente
syntax error at or near "%s" | errore di sintassi a o presso "%s"
syntax error at end of input | errore di sintassi alla fine dell'input
LINE %d:  | RIGA %d: `,
}
