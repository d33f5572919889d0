/** Taken by bench/write-languages.ts from PostgreSQL 15's and glibc's own catalogues for fr. */
export const french = {
  words: String.raw`
DETAIL | DÉTAIL
HINT | ASTUCE
CONTEXT | CONTEXTE
STATEMENT | INSTRUCTION
QUERY | REQUÊTE
LOCATION | EMPLACEMENT
ERROR | ERREUR
WARNING | ATTENTION
error | erreur
warning | attention
warning | AVERTISSEMENT
detail | détail
hint | astuce`,
  messages: String.raw`
duplicate key value violates unique constraint "%s" | la valeur d'une clé dupliquée rompt la contrainte unique « %s »
could not create unique index "%s" | n'a pas pu créer l'index unique « %s »
insert or update on table "%s" violates foreign key constraint "%s" | une instruction insert ou update sur la table « %s » viole la contrainte de clé
update or delete on table "%s" violates foreign key constraint "%s" on table "%s" | UPDATE ou DELETE sur la table « %s » viole la contrainte de clé étrangère « %s » de la table « %s »
null value in column "%s" of relation "%s" violates not-null constraint | une valeur NULL viole la contrainte NOT NULL de la colonne « %s » dans la relation « %s »
new row for relation "%s" violates check constraint "%s" | la nouvelle ligne de la relation « %s » viole la contrainte de vérification « %s »
check constraint "%s" of relation "%s" is violated by some row | la contrainte de vérification « %s » de la relation « %s » est violée par une ligne
conflicting key value violates exclusion constraint "%s" | la valeur d'une clé en conflit rompt la contrainte d'exclusion « %s »
value for domain %s violates check constraint "%s" | la valeur pour le domaine %s viole la contrainte de vérification « %s »
column "%s" of relation "%s" contains null values | la colonne « %s » de la table « %s » contient des valeurs NULL
new row for relation "%s" violates partition constraint | la nouvelle ligne de la relation « %s » viole la contrainte de partitionnement
no partition of relation "%s" found for row | aucune partition de la relation « %s » trouvée pour la ligne
Key %s already exists. | La clé « %s » existe déjà.
Key %s is duplicated. | La clé %s est dupliquée.
Key %s conflicts with existing key %s. | La clé %s est en conflit avec la clé existante %s.
Key (%s)=(%s) is not present in table "%s". | La clé (%s)=(%s) n'est pas présente dans la table « %s ».
Key (%s)=(%s) is still referenced from table "%s". | La clé (%s)=(%s) est toujours référencée à partir de la table « %s ».
Failing row contains %s. | La ligne en échec contient %s.
relation "%s" does not exist | la relation « %s » n'existe pas
relation "%s.%s" does not exist | la relation « %s.%s » n'existe pas
relation "%s" already exists | la relation « %s » existe déjà
table "%s" does not exist | la table « %s » n'existe pas
schema "%s" does not exist | le schéma « %s » n'existe pas
schema "%s" already exists | le schéma « %s » existe déjà
database "%s" does not exist | la base de données « %s » n'existe pas
database "%s" already exists | la base de données « %s » existe déjà
role "%s" does not exist | le rôle « %s » n'existe pas
role "%s" already exists | le rôle « %s » existe déjà
type "%s" does not exist | le type « %s » n'existe pas
type "%s" already exists | le type « %s » existe déjà
index "%s" does not exist | l'index « %s » n'existe pas
sequence "%s" does not exist | la séquence « %s » n'existe pas
extension "%s" does not exist | l'extension « %s » n'existe pas
extension "%s" already exists | l'extension « %s » existe déjà
extension "%s" is not available | l'extension « %s » n'est pas disponible
could not open extension control file "%s": %m | n'a pas pu ouvrir le fichier de contrôle d'extension « %s » : %m
function %s does not exist | la fonction %s n'existe pas
function "%s" already exists with same argument types | la fonction « %s » existe déjà avec des types d'arguments identiques
constraint "%s" of relation "%s" does not exist | la contrainte « %s » de la relation « %s » n'existe pas
constraint "%s" for relation "%s" already exists | la contrainte « %s » de la relation « %s » existe déjà
trigger "%s" for relation "%s" already exists | le trigger « %s » de la relation « %s » existe déjà
trigger "%s" for table "%s" does not exist | le trigger « %s » de la table « %s » n'existe pas
column "%s" does not exist | la colonne « %s » n'existe pas
column %s.%s does not exist | la colonne %s.%s n'existe pas
column "%s" of relation "%s" does not exist | la colonne « %s » de la relation « %s » n'existe pas
column "%s" of relation "%s" already exists | la colonne « %s » de la relation « %s » existe déjà
column "%s" specified more than once | la colonne « %s » est spécifiée plus d'une fois
column "%s" is of type %s but expression is of type %s | la colonne « %s » est de type %s mais l'expression est de type %s
column "%s" cannot be cast automatically to type %s | la colonne « %s » ne peut pas être convertie vers le type %s
column reference "%s" is ambiguous | la référence à la colonne « %s » est ambiguë
operator does not exist: %s | l'opérateur n'existe pas : %s
INSERT has more target columns than expressions | INSERT a plus de colonnes cibles que d'expressions
INSERT has more expressions than target columns | INSERT a plus d'expressions que les colonnes cibles
multiple primary keys for table "%s" are not allowed | les clés primaires multiples ne sont pas autorisées pour la table « %s »
there is no unique constraint matching given keys for referenced table "%s" | il n'existe aucune contrainte unique correspondant aux clés données pour la table « %s » référencée
foreign key constraint "%s" cannot be implemented | la contrainte de clé étrangère « %s » ne peut pas être implémentée
missing data for column "%s" | données manquantes pour la colonne « %s »
extra data after last expected column | données supplémentaires après la dernière colonne attendue
value too long for type character varying(%d) | valeur trop longue pour le type character varying(%d)
value too long for type character(%d) | valeur trop longue pour le type character(%d)
invalid input syntax for type %s: "%s" | syntaxe en entrée invalide pour le type %s : « %s »
invalid input syntax for type %s | syntaxe en entrée invalide pour le type %s
invalid input value for enum %s: "%s" | valeur en entrée invalide pour le enum %s : « %s »
value "%s" is out of range for type %s | la valeur « %s » est en dehors des limites pour le type %s
integer out of range | entier en dehors des limites
bigint out of range | bigint en dehors des limites
smallint out of range | smallint en dehors des limites
numeric field overflow | champ numérique en dehors des limites
date/time field value out of range: "%s" | valeur du champ date/time en dehors des limites : « %s »
division by zero | division par zéro
malformed array literal: "%s" | tableau littéral mal formé : « %s »
invalid byte sequence for encoding "%s": %s | séquence d'octets invalide pour l'encodage « %s » : %s
character with byte sequence %s in encoding "%s" has no equivalent in encoding "%s" | le caractère dont la séquence d'octets est %s dans l'encodage « %s » n'a pas
unterminated CSV quoted field | champ CSV entre guillemets non terminé
permission denied for table %s | droit refusé pour la table %s
permission denied for schema %s | droit refusé pour le schéma %s
permission denied for database %s | droit refusé pour la base de données %s
permission denied for sequence %s | droit refusé pour la séquence %s
permission denied for function %s | droit refusé pour la fonction %s
permission denied for view %s | droit refusé pour la vue %s
permission denied to create database | droit refusé pour créer une base de données
permission denied to create role | droit refusé pour créer un rôle
permission denied to create extension "%s" | droit refusé pour créer l'extension « %s »
permission denied to set parameter "%s" | droit refusé pour initialiser le paramètre « %s »
must be owner of table %s | doit être le propriétaire de la table %s
must be owner of schema %s | doit être le propriétaire du schéma %s
must be superuser to create superusers | doit être super-utilisateur pour créer des super-utilisateurs
password authentication failed for user "%s" | authentification par mot de passe échouée pour l'utilisateur  « %s »
role "%s" is not permitted to log in | le rôle « %s » n'est pas autorisé à se connecter
Peer authentication failed for user "%s" | authentification peer échouée pour l'utilisateur « %s »
Ident authentication failed for user "%s" | Échec de l'authentification Ident pour l'utilisateur « %s »
no pg_hba.conf entry for host "%s", user "%s", database "%s", %s | aucune entrée dans pg_hba.conf pour l'hôte « %s », utilisateur « %s »,
cannot execute %s in a read-only transaction | ne peut pas exécuter %s dans une transaction en lecture seule
deadlock detected | interblocage (deadlock) détecté
canceling statement due to lock timeout | annulation de la requête à cause du délai écoulé pour l'obtention des verrous
canceling statement due to statement timeout | annulation de la requête à cause du délai écoulé pour l'exécution de l'instruction
canceling statement due to user request | annulation de la requête à la demande de l'utilisateur
could not obtain lock on relation "%s" | n'a pas pu obtenir un verrou sur la relation « %s »
could not serialize access due to concurrent update | n'a pas pu sérialiser un accès à cause d'une mise à jour en parallèle
database "%s" is being accessed by other users | la base de données « %s » est en cours d'utilisation par d'autres utilisateurs
out of memory | mémoire épuisée
out of shared memory | mémoire partagée épuisée
could not extend file "%s": %m | n'a pas pu étendre le fichier « %s » : %m
could not write to file "%s": %m | n'a pas pu écrire dans le fichier « %s » : %m
could not open file "%s": %m | n'a pas pu ouvrir le fichier « %s » : %m
could not fsync file "%s": %m | n'a pas pu synchroniser sur disque (fsync) le fichier « %s » : %m
could not access file "%s": %m | n'a pas pu accéder au fichier « %s » : %m
sorry, too many clients already | désolé, trop de clients sont déjà connectés
too many connections for role "%s" | trop de connexions pour le rôle « %s »
remaining connection slots are reserved for non-replication superuser connections | les emplacements de connexions restants sont réservés pour les connexions
cannot drop %s because other objects depend on it | n'a pas pu supprimer %s car d'autres objets en dépendent
%s at or near "%s" | %s sur ou près de « %s »
%s at end of input | %s à la fin de l'entrée
syntax error | erreur de syntaxe
syntax error | Erreur de syntaxe
current transaction is aborted, commands ignored until end of transaction block | la transaction est annulée, les commandes sont ignorées jusqu'à la fin du bloc
unrecognized configuration parameter "%s" | paramètre de configuration « %s » non reconnu
terminating connection due to administrator command | arrêt des connexions suite à la demande de l'administrateur
terminating connection because of crash of another server process | arrêt de la connexion à cause de l'arrêt brutal d'un autre processus serveur
the database system is starting up | le système de bases de données se lance
the database system is shutting down | le système de base de données s'arrête
the database system is in recovery mode | le système de bases de données est en cours de restauration
the database system is not yet accepting connections | le système de bases de données n'accepte pas encore de connexions
unexpected EOF on client connection with an open transaction | fin de fichier (EOF) inattendue de la connexion du client avec une
could not receive data from client: %m | n'a pas pu recevoir les données du client : %m
there is no transaction in progress | aucune transaction en cours
there is already a transaction in progress | une transaction est déjà en cours
relation "%s" already exists, skipping | la relation « %s » existe déjà, poursuite du traitement
extension "%s" already exists, skipping | l'extension « %s » existe déjà, poursuite du traitement
schema "%s" already exists, skipping | le schéma « %s » existe déjà, poursuite du traitement
relation "%s" does not exist, skipping | la relation « %s » n'existe pas, poursuite du traitement
table "%s" does not exist, skipping | la table « %s » n'existe pas, poursuite du traitement
column "%s" of relation "%s" already exists, skipping | la colonne « %s » de la relation « %s » existe déjà, poursuite du traitement
connection to server at "%s", port %s failed:  | la connexion au serveur sur « %s », port %s a échoué : 
connection to server on socket "%s" failed:  | la connexion au serveur sur le socket « %s » a échoué : 
could not translate host name "%s" to address: %s | n'a pas pu traduire le nom d'hôte « %s » en adresse : %s
unsupported version (%d.%d) in file header | version non supportée (%d.%d) dans le fichier d'en-tête
aborting because of server version mismatch | annulation à cause de la différence des versions
connection to server was lost | la connexion au serveur a été perdue
database files are incompatible with server | les fichiers de la base de données sont incompatibles avec le serveur
lock file "%s" already exists | le fichier verrou « %s » existe déjà
replication slot "%s" does not exist | le slot de réplication « %s » n'existe pas
could not connect to the primary server: %s | n'a pas pu se connecter au serveur principal : %s
cannot truncate a table referenced in a foreign key constraint | ne peut pas tronquer une table référencée dans une contrainte de clé étrangère
cannot insert a non-DEFAULT value into column "%s" | ne peut pas insérer une valeur pas par défaut dans la colonne « %s »
cannot insert into view "%s" | ne peut pas insérer dans la vue « %s »
No space left on device | Aucun espace disponible sur le périphérique
Permission denied | Permission non accordée
No such file or directory | Aucun fichier ou dossier de ce type
Cannot allocate memory | Ne peut allouer de la mémoire
Connection refused | Connexion refusée
Connection timed out | Connexion terminée par expiration du délai d'attente
Connection reset by peer | Connexion ré-initialisée par le correspondant
Too many open files | Trop de fichiers ouverts
Input/output error | Erreur d'entrée/sortie
No route to host | Aucun chemin d'accès pour atteindre l'hôte cible
Network is unreachable | Le réseau n'est pas accessible
Broken pipe | Relais brisé (pipe)
Name or service not known | Nom ou service inconnu
Temporary failure in name resolution | Échec temporaire dans la résolution du nom
Disk quota exceeded | Débordement du quota d'espace disque
File exists | Le fichier existe
Is a directory | est un dossier
Read-only file system | Système de fichiers accessible en lecture seulement
File too large | Fichier trop gros
Resource temporarily unavailable | Ressource temporairement non disponible
COPY %s, line %llu, column %s: "%s" | COPY %s, ligne %llu, colonne %s : « %s »
COPY %s, line %llu, column %s: null input | COPY %s, ligne %llu, colonne %s : NULL en entrée
COPY %s, line %llu, column %s | COPY %s, ligne %llu, colonne %s
COPY %s, line %llu: "%s" | COPY %s, ligne %llu : « %s »
COPY %s, line %llu | COPY %s, ligne %llu
server closed the connection unexpectedly | la connexion au serveur a été coupée de façon inattendue
could not execute query | n'a pas pu exécuter la requête
could not write to log file %s at offset %u, length %zu: %m | n'a pas pu écrire le fichier de transactions %s au décalage %u, longueur %zu : %m
SSL connection has been closed unexpectedly | la connexion SSL a été fermée de façon inattendue
syntax error at or near "%s" | erreur de syntaxe sur ou près de « %s »
syntax error at end of input | erreur de syntaxe à la fin de l'entrée
LINE %d:  | LIGNE %d : `,
}
