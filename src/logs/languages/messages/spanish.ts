/** Taken by bench/write-languages.ts from PostgreSQL 15's and glibc's own catalogues for es. */
export const spanish = {
  words: String.raw`
DETAIL | DETALLE
HINT | SUGERENCIA
CONTEXT | CONTEXTO
STATEMENT | SENTENCIA
QUERY | CONSULTA
LOCATION | UBICACIÓN
NOTICE | AVISO
warning | precaución
warning | atención
detail | detalle
hint | consejo`,
  messages: String.raw`
duplicate key value violates unique constraint "%s" | llave duplicada viola restricción de unicidad «%s»
could not create unique index "%s" | no se pudo crear el índice único «%s»
insert or update on table "%s" violates foreign key constraint "%s" | inserción o actualización en la tabla «%s» viola la llave foránea «%s»
update or delete on table "%s" violates foreign key constraint "%s" on table "%s" | update o delete en «%s» viola la llave foránea «%s» en la tabla «%s»
null value in column "%s" of relation "%s" violates not-null constraint | el valor nulo en la columna «%s» de la relación «%s» viola la restricción de no nulo
new row for relation "%s" violates check constraint "%s" | el nuevo registro para la relación «%s» viola la restricción «check» «%s»
check constraint "%s" of relation "%s" is violated by some row | la restricción check «%s» de la relación «%s» es violada por alguna fila
conflicting key value violates exclusion constraint "%s" | llave en conflicto viola la restricción de exclusión «%s»
value for domain %s violates check constraint "%s" | el valor para el dominio %s viola la restricción «check» «%s»
column "%s" of relation "%s" contains null values | la columna «%s» de la relación «%s» contiene valores null
new row for relation "%s" violates partition constraint | el nuevo registro para la relación «%s» viola la restricción de partición
no partition of relation "%s" found for row | no se encontró una partición de «%s» para el registro
Key %s already exists. | Ya existe la llave %s.
Key %s is duplicated. | La llave %s está duplicada.
Key %s conflicts with existing key %s. | La llave %s está en conflicto con la llave existente %s.
Key (%s)=(%s) is not present in table "%s". | La llave (%s)=(%s) no está presente en la tabla «%s».
Key (%s)=(%s) is still referenced from table "%s". | La llave (%s)=(%s) todavía es referida desde la tabla «%s».
Failing row contains %s. | La fila que falla contiene %s.
relation "%s" does not exist | no existe la relación «%s»
relation "%s.%s" does not exist | no existe la relación «%s.%s»
relation "%s" already exists | la relación «%s» ya existe
table "%s" does not exist | no existe la tabla «%s»
schema "%s" does not exist | no existe el esquema «%s»
schema "%s" already exists | ya existe el esquema «%s»
database "%s" does not exist | no existe la base de datos «%s»
database "%s" already exists | la base de datos «%s» ya existe
role "%s" does not exist | no existe el rol «%s»
role "%s" already exists | el rol «%s» ya existe
type "%s" does not exist | no existe el tipo «%s»
type "%s" already exists | ya existe un tipo «%s»
index "%s" does not exist | no existe el índice «%s»
sequence "%s" does not exist | no existe la secuencia «%s»
extension "%s" does not exist | no existe la extensión «%s»
extension "%s" already exists | la extensión «%s» ya existe
extension "%s" is not available | la extensión «%s» no está disponible
could not open extension control file "%s": %m | no se pudo abrir el archivo de control de extensión «%s»: %m
function %s does not exist | no existe la función %s
function "%s" already exists with same argument types | ya existe una función «%s» con los mismos argumentos
constraint "%s" of relation "%s" does not exist | no existe la restricción «%s» en la relación «%s»
constraint "%s" for relation "%s" already exists | la restricción «%s» para la relación «%s» ya existe
trigger "%s" for relation "%s" already exists | ya existe un trigger «%s» para la relación «%s»
trigger "%s" for table "%s" does not exist | no existe el trigger «%s» para la tabla «%s»
column "%s" does not exist | no existe la columna «%s»
column %s.%s does not exist | no existe la columna %s.%s
column "%s" of relation "%s" does not exist | no existe la columna «%s» en la relación «%s»
column "%s" of relation "%s" already exists | ya existe la columna «%s» en la relación «%s»
column "%s" specified more than once | la columna «%s» fue especificada más de una vez
column "%s" is of type %s but expression is of type %s | la columna «%s» es de tipo %s pero la expresión es de tipo %s
column "%s" cannot be cast automatically to type %s | la columna «%s» no puede convertirse automáticamente al tipo %s
column reference "%s" is ambiguous | la referencia a la columna «%s» es ambigua
operator does not exist: %s | el operador no existe: %s
INSERT has more target columns than expressions | INSERT tiene más columnas de destino que expresiones
INSERT has more expressions than target columns | INSERT tiene más expresiones que columnas de destino
multiple primary keys for table "%s" are not allowed | no se permiten múltiples llaves primarias para la tabla «%s»
there is no unique constraint matching given keys for referenced table "%s" | no hay restricción unique que coincida con las columnas dadas en la tabla referida «%s»
foreign key constraint "%s" cannot be implemented | la restricción de llave foránea «%s» no puede ser implementada
missing data for column "%s" | faltan datos en la columna «%s»
extra data after last expected column | datos extra después de la última columna esperada
value too long for type character varying(%d) | el valor es demasiado largo para el tipo character varying(%d)
value too long for type character(%d) | el valor es demasiado largo para el tipo character(%d)
invalid input syntax for type %s: "%s" | la sintaxis de entrada no es válida para tipo %s: «%s»
invalid input syntax for type %s | sintaxis de entrada no válida para tipo %s
invalid input value for enum %s: "%s" | la sintaxis de entrada no es válida para el enum %s: «%s»
value "%s" is out of range for type %s | el valor «%s» está fuera de rango para el tipo %s
integer out of range | entero fuera de rango
bigint out of range | bigint fuera de rango
smallint out of range | smallint fuera de rango
numeric field overflow | desbordamiento de campo numeric
date/time field value out of range: "%s" | valor de hora/fecha fuera de rango: «%s»
division by zero | división por cero
malformed array literal: "%s" | literal de array mal formado: «%s»
invalid byte sequence for encoding "%s": %s | secuencia de bytes no válida para codificación «%s»: %s
character with byte sequence %s in encoding "%s" has no equivalent in encoding "%s" | carácter con secuencia de bytes %s en codificación «%s» no tiene equivalente en la codificación «%s»
unterminated CSV quoted field | un valor entre comillas está inconcluso
permission denied for table %s | permiso denegado a la tabla %s
permission denied for schema %s | permiso denegado al esquema %s
permission denied for database %s | permiso denegado a la base de datos %s
permission denied for sequence %s | permiso denegado a la secuencia %s
permission denied for function %s | permiso denegado a la función %s
permission denied for view %s | permiso denegado a la vista %s
permission denied to create database | se ha denegado el permiso para crear la base de datos
permission denied to create role | se ha denegado el permiso para crear el rol
permission denied to create extension "%s" | se ha denegado el permiso para crear la extensión «%s»
permission denied to set parameter "%s" | se ha denegado el permiso para cambiar la opción «%s»
must be owner of table %s | debe ser dueño de la tabla %s
must be owner of schema %s | debe ser dueño del esquema %s
must be superuser to create superusers | debe ser superusuario para crear superusuarios
password authentication failed for user "%s" | la autentificación password falló para el usuario «%s»
role "%s" is not permitted to log in | al rol «%s» no se le permite conectarse
Peer authentication failed for user "%s" | la autentificación Peer falló para el usuario «%s»
Ident authentication failed for user "%s" | la autentificación Ident falló para el usuario «%s»
no pg_hba.conf entry for host "%s", user "%s", database "%s", %s | no hay una línea en pg_hba.conf para «%s», usuario «%s», base de datos «%s», %s
cannot execute %s in a read-only transaction | no se puede ejecutar %s en una transacción de sólo lectura
deadlock detected | se ha detectado un deadlock
canceling statement due to lock timeout | cancelando la sentencia debido a que se agotó el tiempo de espera de candados (locks)
canceling statement due to statement timeout | cancelando la sentencia debido a que se agotó el tiempo de espera de sentencias
canceling statement due to user request | cancelando la sentencia debido a una petición del usuario
could not obtain lock on relation "%s" | no se pudo bloquear un candado en la relación «%s»
could not serialize access due to concurrent update | no se pudo serializar el acceso debido a un update concurrente
database "%s" is being accessed by other users | la base de datos «%s» está siendo utilizada por otros usuarios
out of memory | memoria agotada
out of shared memory | memoria compartida agotada
could not extend file "%s": %m | no se pudo extender el archivo «%s»: %m
could not write to file "%s": %m | no se pudo escribir a archivo «%s»: %m
could not open file "%s": %m | no se pudo abrir el archivo «%s»: %m
could not fsync file "%s": %m | no se pudo sincronizar (fsync) archivo «%s»: %m
could not access file "%s": %m | no se pudo acceder al archivo «%s»: %m
sorry, too many clients already | lo siento, ya tenemos demasiados clientes
too many connections for role "%s" | demasiadas conexiones para el rol «%s»
remaining connection slots are reserved for non-replication superuser connections | las conexiones restantes están reservadas a superusuarios y no de replicación
cannot drop %s because other objects depend on it | no se puede eliminar %s porque otros objetos dependen de él
%s at or near "%s" | %s en o cerca de «%s»
%s at end of input | %s al final de la entrada
syntax error | error de sintaxis
current transaction is aborted, commands ignored until end of transaction block | transacción abortada, las órdenes serán ignoradas hasta el fin de bloque de transacción
unrecognized configuration parameter "%s" | parámetro de configuración «%s» no reconocido
terminating connection due to administrator command | terminando la conexión debido a una orden del administrador
terminating connection because of crash of another server process | terminando la conexión debido a una falla en otro proceso servidor
the database system is starting up | el sistema de base de datos está iniciándose
the database system is shutting down | el sistema de base de datos está apagándose
the database system is in recovery mode | el sistema de base de datos está en modo de recuperación
the database system is not yet accepting connections | el sistema de bases de datos aún no está aceptando conexiones
unexpected EOF on client connection with an open transaction | se encontró fin de archivo inesperado en una conexión con una transacción abierta
could not receive data from client: %m | no se pudo recibir datos del cliente: %m
there is no transaction in progress | no hay una transacción en curso
there is already a transaction in progress | ya hay una transacción en curso
relation "%s" already exists, skipping | la relación «%s» ya existe, omitiendo
extension "%s" already exists, skipping | la extensión «%s» ya existe, omitiendo
schema "%s" already exists, skipping | el esquema «%s» ya existe, omitiendo
relation "%s" does not exist, skipping | no existe la relación «%s», omitiendo
table "%s" does not exist, skipping | la tabla «%s» no existe, omitiendo
column "%s" of relation "%s" already exists, skipping | la columna «%s» de la relación «%s» ya existe, omitiendo
connection to server at "%s", port %s failed:  | falló la conexión al servidor en «%s», puerto %s: 
connection to server on socket "%s" failed:  | falló la conexión al servidor en el socket «%s»: 
could not translate host name "%s" to address: %s | no se pudo traducir el nombre «%s» a una dirección: %s
unsupported version (%d.%d) in file header | versión no soportada (%d.%d) en el encabezado del archivo
aborting because of server version mismatch | abortando debido a que no coincide la versión del servidor
connection to server was lost | se ha perdido la conexión al servidor
database files are incompatible with server | los archivos de base de datos son incompatibles con el servidor
lock file "%s" already exists | el archivo de bloqueo «%s» ya existe
replication slot "%s" does not exist | no existe el slot de replicación «%s»
could not connect to the primary server: %s | no se pudo conectar al servidor primario: %s
cannot truncate a table referenced in a foreign key constraint | no se puede truncar una tabla referida en una llave foránea
cannot insert a non-DEFAULT value into column "%s" | no se puede insertar un valor no-predeterminado en la columna «%s»
cannot insert into view "%s" | no se puede insertar en la vista «%s»
No space left on device | No queda espacio en el dispositivo
Permission denied | Permiso denegado
No such file or directory | No existe el fichero o el directorio
Cannot allocate memory | No se pudo asignar memoria
Connection refused | Conexión rehusada
Connection timed out | Expiró el tiempo de conexión
Connection reset by peer | Conexión reinicializada por la máquina remota
Too many open files | Demasiados ficheros abiertos
Input/output error | Error de entrada/salida
No route to host | No existe ninguna ruta hasta el 'host'
Network is unreachable | La red es inaccesible
Broken pipe | Tubería rota
Name or service not known | Nombre o servicio desconocido
Temporary failure in name resolution | Fallo temporal en la resolución del nombre
Disk quota exceeded | Se ha excedido la cuota de disco
File exists | El fichero ya existe
Is a directory | Es un directorio
Read-only file system | Sistema de ficheros de sólo lectura
File too large | Fichero demasiado grande
Resource temporarily unavailable | Recurso no disponible temporalmente
COPY %s, line %llu, column %s: "%s" | COPY %s, línea %llu, columna %s: «%s»
COPY %s, line %llu, column %s: null input | COPY %s, línea %llu, columna %s: entrada nula
COPY %s, line %llu, column %s | COPY %s, línea %llu, columna %s
COPY %s, line %llu: "%s" | COPY %s, línea %llu: «%s»
COPY %s, line %llu | COPY %s, línea %llu
server closed the connection unexpectedly | el servidor ha cerrado la conexión inesperadamente
could not execute query | no se pudo ejecutar la consulta
could not write to log file %s at offset %u, length %zu: %m | no se pudo escribir archivo de registro %s en la posición %u, largo %zu: %m
SSL connection has been closed unexpectedly | la conexión SSL se ha cerrado inesperadamente
syntax error at or near "%s" | error de sintaxis en o cerca de «%s»
syntax error at end of input | error de sintaxis al final de la entrada
LINE %d:  | LÍNEA %d: `,
}
