/** Taken by bench/write-languages.ts from PostgreSQL 15's and glibc's own catalogues for ru. */
export const russian = {
  words: String.raw`
DETAIL | ПОДРОБНОСТИ
HINT | ПОДСКАЗКА
CONTEXT | КОНТЕКСТ
STATEMENT | ОПЕРАТОР
QUERY | ЗАПРОС
LOCATION | ПОЛОЖЕНИЕ
ERROR | ОШИБКА
FATAL | ВАЖНО
PANIC | ПАНИКА
WARNING | ПРЕДУПРЕЖДЕНИЕ
NOTICE | ЗАМЕЧАНИЕ
LOG | СООБЩЕНИЕ
INFO | ИНФОРМАЦИЯ
error | ошибка
warning | предупреждение
detail | подробности
hint | подсказка`,
  messages: String.raw`
duplicate key value violates unique constraint "%s" | повторяющееся значение ключа нарушает ограничение уникальности "%s"
could not create unique index "%s" | создать уникальный индекс "%s" не удалось
insert or update on table "%s" violates foreign key constraint "%s" | INSERT или UPDATE в таблице "%s" нарушает ограничение внешнего ключа "%s"
update or delete on table "%s" violates foreign key constraint "%s" on table "%s" | UPDATE или DELETE в таблице "%s" нарушает ограничение внешнего ключа "%s" таблицы "%s"
null value in column "%s" of relation "%s" violates not-null constraint | значение NULL в столбце "%s" отношения "%s" нарушает ограничение NOT NULL
new row for relation "%s" violates check constraint "%s" | новая строка в отношении "%s" нарушает ограничение-проверку "%s"
check constraint "%s" of relation "%s" is violated by some row | ограничение-проверку "%s" отношения "%s" нарушает некоторая строка
conflicting key value violates exclusion constraint "%s" | конфликтующее значение ключа нарушает ограничение-исключение "%s"
value for domain %s violates check constraint "%s" | значение домена %s нарушает ограничение-проверку "%s"
column "%s" of relation "%s" contains null values | столбец "%s" отношения "%s" содержит значения NULL
new row for relation "%s" violates partition constraint | новая строка в отношении "%s" нарушает ограничение секции
no partition of relation "%s" found for row | для строки не найдена секция в отношении "%s"
Key %s already exists. | Ключ "%s" уже существует.
Key %s is duplicated. | Ключ %s дублируется.
Key %s conflicts with existing key %s. | Ключ %s конфликтует с существующим ключом %s.
Key (%s)=(%s) is not present in table "%s". | Ключ (%s)=(%s) отсутствует в таблице "%s".
Key (%s)=(%s) is still referenced from table "%s". | На ключ (%s)=(%s) всё ещё есть ссылки в таблице "%s".
Failing row contains %s. | Ошибочная строка содержит %s.
relation "%s" does not exist | отношение "%s" не существует
relation "%s.%s" does not exist | отношение "%s.%s" не существует
relation "%s" already exists | отношение "%s" уже существует
table "%s" does not exist | таблица "%s" не существует
schema "%s" does not exist | схема "%s" не существует
schema "%s" already exists | схема "%s" уже существует
database "%s" does not exist | база данных "%s" не существует
database "%s" already exists | база данных "%s" уже существует
role "%s" does not exist | роль "%s" не существует
role "%s" already exists | роль "%s" уже существует
type "%s" does not exist | тип "%s" не существует
type "%s" already exists | тип "%s" уже существует
index "%s" does not exist | индекс "%s" не существует
sequence "%s" does not exist | последовательность "%s" не существует
extension "%s" does not exist | расширение "%s" не существует
extension "%s" already exists | расширение "%s" уже существует
extension "%s" is not available | расширение "%s" отсутствует
could not open extension control file "%s": %m | не удалось открыть управляющий файл расширения "%s": %m
function %s does not exist | функция %s не существует
function "%s" already exists with same argument types | функция "%s" с аргументами таких типов уже существует
constraint "%s" of relation "%s" does not exist | ограничение "%s" в таблице "%s" не существует
constraint "%s" for relation "%s" already exists | ограничение "%s" для отношения "%s" уже существует
trigger "%s" for relation "%s" already exists | триггер "%s" для отношения "%s" уже существует
trigger "%s" for table "%s" does not exist | триггер "%s" для таблицы "%s" не существует
column "%s" does not exist | столбец "%s" не существует
column %s.%s does not exist | столбец %s.%s не существует
column "%s" of relation "%s" does not exist | столбец "%s" в таблице "%s" не существует
column "%s" of relation "%s" already exists | столбец "%s" отношения "%s" уже существует
column "%s" specified more than once | столбец "%s" указан неоднократно
column "%s" is of type %s but expression is of type %s | столбец "%s" имеет тип %s, а выражение - %s
column "%s" cannot be cast automatically to type %s | столбец "%s" нельзя автоматически привести к типу %s
column reference "%s" is ambiguous | неоднозначная ссылка на столбец "%s"
operator does not exist: %s | оператор не существует: %s
INSERT has more target columns than expressions | INSERT содержит больше целевых столбцов, чем выражений
INSERT has more expressions than target columns | INSERT содержит больше выражений, чем целевых столбцов
multiple primary keys for table "%s" are not allowed | таблица "%s" не может иметь несколько первичных ключей
there is no unique constraint matching given keys for referenced table "%s" | в целевой внешней таблице "%s" нет ограничения уникальности, соответствующего данным ключам
foreign key constraint "%s" cannot be implemented | ограничение внешнего ключа "%s" нельзя реализовать
missing data for column "%s" | нет данных для столбца "%s"
extra data after last expected column | лишние данные после содержимого последнего столбца
value too long for type character varying(%d) | значение не умещается в тип character varying(%d)
value too long for type character(%d) | значение не умещается в тип character(%d)
invalid input syntax for type %s: "%s" | неверный синтаксис для типа %s: "%s"
invalid input syntax for type %s | неверный синтаксис для типа %s
invalid input value for enum %s: "%s" | неверное значение для перечисления %s: "%s"
value "%s" is out of range for type %s | значение "%s" вне диапазона для типа %s
integer out of range | целое вне диапазона
bigint out of range | bigint вне диапазона
smallint out of range | smallint вне диапазона
numeric field overflow | переполнение поля numeric
date/time field value out of range: "%s" | значение поля типа date/time вне диапазона: "%s"
division by zero | деление на ноль
malformed array literal: "%s" | ошибочный литерал массива: "%s"
invalid byte sequence for encoding "%s": %s | неверная последовательность байт для кодировки "%s": %s
character with byte sequence %s in encoding "%s" has no equivalent in encoding "%s" | для символа с последовательностью байт %s из кодировки "%s" нет эквивалента в "%s"
unterminated CSV quoted field | незавершённое поле в кавычках CSV
permission denied for table %s | нет доступа к таблице %s
permission denied for schema %s | нет доступа к схеме %s
permission denied for database %s | нет доступа к базе данных %s
permission denied for sequence %s | нет доступа к последовательности %s
permission denied for function %s | нет доступа к функции %s
permission denied for view %s | нет доступа к представлению %s
permission denied to create database | нет прав для создания базы данных
permission denied to create role | нет прав для создания роли
permission denied to create extension "%s" | нет прав для создания расширения "%s"
permission denied to set parameter "%s" | нет прав для изменения параметра "%s"
must be owner of table %s | нужно быть владельцем таблицы %s
must be owner of schema %s | нужно быть владельцем схемы %s
must be superuser to create superusers | для создания суперпользователей нужно быть суперпользователем
password authentication failed for user "%s" | пользователь "%s" не прошёл проверку подлинности (по паролю)
role "%s" is not permitted to log in | для роли "%s" вход запрещён
Peer authentication failed for user "%s" | пользователь "%s" не прошёл проверку подлинности (Peer)
Ident authentication failed for user "%s" | пользователь "%s" не прошёл проверку подлинности (Ident)
no pg_hba.conf entry for host "%s", user "%s", database "%s", %s | в pg_hba.conf нет записи для компьютера "%s", пользователя "%s", базы "%s", %s
cannot execute %s in a read-only transaction | в транзакции в режиме "только чтение" нельзя выполнить %s
deadlock detected | обнаружена взаимоблокировка
canceling statement due to lock timeout | выполнение оператора отменено из-за тайм-аута блокировки
canceling statement due to statement timeout | выполнение оператора отменено из-за тайм-аута
canceling statement due to user request | выполнение оператора отменено по запросу пользователя
could not obtain lock on relation "%s" | не удалось получить блокировку таблицы "%s"
could not serialize access due to concurrent update | не удалось сериализовать доступ из-за параллельного изменения
database "%s" is being accessed by other users | база данных "%s" занята другими пользователями
out of memory | нехватка памяти
out of memory | недостаточно памяти
out of shared memory | нехватка разделяемой памяти
could not extend file "%s": %m | не удалось увеличить файл "%s": %m
could not write to file "%s": %m | не удалось записать в файл "%s": %m
could not open file "%s": %m | не удалось открыть файл "%s": %m
could not fsync file "%s": %m | не удалось синхронизировать с ФС файл "%s": %m
could not access file "%s": %m | ошибка при обращении к файлу "%s": %m
sorry, too many clients already | извините, уже слишком много клиентов
too many connections for role "%s" | слишком много подключений для роли "%s"
remaining connection slots are reserved for non-replication superuser connections | оставшиеся слоты подключений зарезервированы для подключений суперпользователя (не для репликации)
cannot drop %s because other objects depend on it | удалить объект %s нельзя, так как от него зависят другие объекты
%s at or near "%s" | %s (примерное положение: "%s")
%s at end of input | %s в конце
syntax error | ошибка синтаксиса
syntax error | синтаксическая ошибка
current transaction is aborted, commands ignored until end of transaction block | текущая транзакция прервана, команды до конца блока транзакции игнорируются
unrecognized configuration parameter "%s" | нераспознанный параметр конфигурации: "%s"
terminating connection due to administrator command | закрытие подключения по команде администратора
terminating connection because of crash of another server process | закрытие подключения из-за краха другого серверного процесса
the database system is starting up | система баз данных запускается
the database system is shutting down | система баз данных останавливается
the database system is in recovery mode | система баз данных в режиме восстановления
the database system is not yet accepting connections | система БД ещё не принимает подключения
unexpected EOF on client connection with an open transaction | неожиданный обрыв соединения с клиентом при открытой транзакции
could not receive data from client: %m | не удалось получить данные от клиента: %m
there is no transaction in progress | нет незавершённой транзакции
there is already a transaction in progress | транзакция уже выполняется
relation "%s" already exists, skipping | отношение "%s" уже существует, пропускается
extension "%s" already exists, skipping | расширение "%s" уже существует, пропускается
schema "%s" already exists, skipping | схема "%s" уже существует, пропускается
relation "%s" does not exist, skipping | отношение "%s" не существует, пропускается
table "%s" does not exist, skipping | таблица "%s" не существует, пропускается
column "%s" of relation "%s" already exists, skipping | столбец "%s" отношения "%s" уже существует, пропускается
connection to server at "%s", port %s failed:  | подключиться к серверу "%s", порту %s не удалось: 
connection to server on socket "%s" failed:  | подключиться к серверу через сокет "%s" не удалось: 
could not translate host name "%s" to address: %s | преобразовать имя "%s" в адрес не удалось: %s
unsupported version (%d.%d) in file header | неподдерживаемая версия (%d.%d) в заголовке файла
aborting because of server version mismatch | продолжение работы с другой версией сервера невозможно
connection to server was lost | подключение к серверу было потеряно
database files are incompatible with server | файлы базы данных несовместимы с сервером
lock file "%s" already exists | файл блокировки "%s" уже существует
replication slot "%s" does not exist | слот репликации "%s" не существует
could not connect to the primary server: %s | не удалось подключиться к главному серверу: %s
cannot truncate a table referenced in a foreign key constraint | опустошить таблицу, на которую ссылается внешний ключ, нельзя
cannot insert a non-DEFAULT value into column "%s" | в столбец "%s" можно вставить только значение по умолчанию
cannot insert into view "%s" | вставить данные в представление "%s" нельзя
No space left on device | На устройстве не осталось свободного места
Permission denied | Отказано в доступе
No such file or directory | Нет такого файла или каталога
Cannot allocate memory | Невозможно выделить память
Connection refused | В соединении отказано
Connection timed out | Время ожидания соединения истекло
Connection reset by peer | Соединение разорвано другой стороной
Too many open files | Слишком много открытых файлов
Input/output error | Ошибка ввода/вывода
No route to host | Нет маршрута до узла
Network is unreachable | Сеть недоступна
Broken pipe | Обрыв канала
Name or service not known | Неизвестное имя или служба
Temporary failure in name resolution | Временный сбой в разрешении имен
Disk quota exceeded | Превышена дисковая квота
File exists | Файл существует
Is a directory | Это каталог
Read-only file system | Файловая система доступна только для чтения
File too large | Файл слишком велик
Resource temporarily unavailable | Ресурс временно недоступен
COPY %s, line %llu, column %s: "%s" | COPY %s, строка %llu, столбец %s: "%s"
COPY %s, line %llu, column %s: null input | COPY %s, строка %llu, столбец %s: значение NULL
COPY %s, line %llu, column %s | COPY %s, строка %llu, столбец %s
COPY %s, line %llu: "%s" | COPY %s, строка %llu: "%s"
COPY %s, line %llu | COPY %s, строка %llu
server closed the connection unexpectedly | сервер неожиданно закрыл соединение
could not execute query | не удалось выполнить запрос
could not write to log file %s at offset %u, length %zu: %m | не удалось записать в файл журнала %s (смещение: %u, длина: %zu): %m
SSL connection has been closed unexpectedly | SSL-соединение было неожиданно закрыто
syntax error at or near "%s" | ошибка синтаксиса (примерное положение: "%s")
syntax error at end of input | ошибка синтаксиса в конце
LINE %d:  | СТРОКА %d: `,
}
