/** Taken by bench/write-languages.ts from PostgreSQL 15's and glibc's own catalogues for ja. */
export const japanese = {
  words: String.raw`
DETAIL | 詳細
HINT | ヒント
CONTEXT | 文脈
STATEMENT | 文
QUERY | 問い合わせ
LOCATION | 場所
NOTICE | 注意
error | エラー
warning | 警告`,
  messages: String.raw`
duplicate key value violates unique constraint "%s" | 重複したキー値は一意性制約"%s"違反となります
could not create unique index "%s" | 一意インデックス"%s"を作成できませんでした
insert or update on table "%s" violates foreign key constraint "%s" | テーブル"%s"への挿入、更新は外部キー制約"%s"に違反しています
update or delete on table "%s" violates foreign key constraint "%s" on table "%s" | テーブル"%1$s"の更新または削除は、テーブル"%3$s"の外部キー制約"%2$s"に違反します
null value in column "%s" of relation "%s" violates not-null constraint | リレーション"%2$s"の列"%1$s"のNULL値が非NULL制約に違反しています
new row for relation "%s" violates check constraint "%s" | リレーション"%s"の新しい行は検査制約"%s"に違反しています
check constraint "%s" of relation "%s" is violated by some row | 一部の行がリレーション"%2$s"の検査制約"%1$s"に違反してます
conflicting key value violates exclusion constraint "%s" | 重複キーの値が排除制約"%s"に違反しています
value for domain %s violates check constraint "%s" | ドメイン%sの値が検査制約"%s"に違反しています
column "%s" of relation "%s" contains null values | リレーション"%2$s"の列"%1$s"にNULL値があります
new row for relation "%s" violates partition constraint | リレーション"%s"の新しい行はパーティション制約に違反しています
no partition of relation "%s" found for row | 行に対応するパーティションがリレーション"%s"に見つかりません
Key %s already exists. | キー %s はすでに存在します。
Key %s is duplicated. | キー%sは重複しています。
Key %s conflicts with existing key %s. | キー %s が既存のキー %s と競合しています
Key (%s)=(%s) is not present in table "%s". | テーブル"%3$s"にキー(%1$s)=(%2$s)がありません
Key (%s)=(%s) is still referenced from table "%s". | キー(%s)=(%s)はまだテーブル"%s"から参照されています
Failing row contains %s. | 失敗した行は%sを含みます
relation "%s" does not exist | リレーション"%s"は存在しません
relation "%s.%s" does not exist | リレーション"%s.%s"は存在しません
relation "%s" already exists | リレーション"%s"はすでに存在します
table "%s" does not exist | テーブル"%s"は存在しません
schema "%s" does not exist | スキーマ"%s"は存在しません
schema "%s" already exists | スキーマ"%s"はすでに存在します
database "%s" does not exist | データベース"%s"は存在しません
database "%s" already exists | データベース"%s"はすでに存在します
role "%s" does not exist | ロール"%s"は存在しません
role "%s" already exists | ロール"%s"はすでに存在します
type "%s" does not exist | 型"%s"は存在しません
type "%s" already exists | 型"%s"はすでに存在します
index "%s" does not exist | インデックス"%s"は存在しません
sequence "%s" does not exist | シーケンス"%s"は存在しません
extension "%s" does not exist | 機能拡張"%s"は存在しません
extension "%s" already exists | 機能拡張"%s"はすでに存在します
extension "%s" is not available | 機能拡張"%s" は利用できません
could not open extension control file "%s": %m | 機能拡張の制御ファイル"%s"をオープンできませんでした: %m
function %s does not exist | 関数%sは存在しません
function "%s" already exists with same argument types | 同じ引数型を持つ関数"%s"はすでに存在します
constraint "%s" of relation "%s" does not exist | リレーション"%2$s"の制約"%1$s"は存在しません
constraint "%s" for relation "%s" already exists | すでに制約"%s"はリレーション"%s"に存在します
trigger "%s" for relation "%s" already exists | リレーション"%2$s"用のトリガ"%1$s"はすでに存在します
trigger "%s" for table "%s" does not exist | テーブル"%2$s"のトリガ"%1$s"は存在しません
column "%s" does not exist | 列"%s"は存在しません
column %s.%s does not exist | 列%s.%sは存在しません
column "%s" of relation "%s" does not exist | リレーション"%2$s"の列"%1$s"は存在しません
column "%s" of relation "%s" already exists | リレーション"%2$s"の列"%1$s"はすでに存在します
column "%s" specified more than once | 列"%s"が複数指定されました
column "%s" is of type %s but expression is of type %s | 列"%s"は型%sですが、式は型%sでした
column "%s" cannot be cast automatically to type %s | 列"%s"は型%sには自動的に型変換できません
column reference "%s" is ambiguous | 列参照"%s"は曖昧です
operator does not exist: %s | 演算子が存在しません: %s
INSERT has more target columns than expressions | INSERTに式よりも多くの対象列があります
INSERT has more expressions than target columns | INSERTに対象列よりも多くの式があります
multiple primary keys for table "%s" are not allowed | テーブル"%s"に複数のプライマリキーを持たせることはできません
there is no unique constraint matching given keys for referenced table "%s" | 被参照テーブル"%s"に、指定したキーに一致する一意性制約がありません
foreign key constraint "%s" cannot be implemented | 外部キー制約"%sは実装されていません
missing data for column "%s" | 列"%s"のデータがありません
extra data after last expected column | 推定最終列の後に余計なデータがありました
value too long for type character varying(%d) | 値は型character varying(%d)としては長すぎます
value too long for type character(%d) | 値は型character(%d)としては長すぎます
invalid input syntax for type %s: "%s" | "%s"型の入力構文が不正です: "%s"
invalid input syntax for type %s | %s型に対する不正な入力構文
invalid input value for enum %s: "%s" | 列挙型%sの不正な入力構文: "%s"
value "%s" is out of range for type %s | 値"%s"は型%sの範囲外です
integer out of range | integerの範囲外です
bigint out of range | bigintの範囲外です
smallint out of range | smallintの範囲外です
numeric field overflow | numericフィールドのオーバーフロー
date/time field value out of range: "%s" | 日付時刻のフィールドが範囲外です: "%s"
division by zero | 0 による除算が行われました
malformed array literal: "%s" | 配列リテラルの書式が誤っています: "%s"
invalid byte sequence for encoding "%s": %s | 符号化方式"%s"に対する不正なバイト列です: %s
character with byte sequence %s in encoding "%s" has no equivalent in encoding "%s" | 符号化方式"%2$s"においてバイト列%1$sである文字は符号化方式"%3$s"で等価な文字を持ちません
unterminated CSV quoted field | CSV引用符が閉じていません
permission denied for table %s | テーブル %s へのアクセスが拒否されました
permission denied for schema %s | スキーマ %s へのアクセスが拒否されました
permission denied for database %s | データベース %s へのアクセスが拒否されました
permission denied for sequence %s | シーケンス %s へのアクセスが拒否されました
permission denied for function %s | 関数 %s へのアクセスが拒否されました
permission denied for view %s | ビュー %s へのアクセスが拒否されました
permission denied to create database | データベースを作成する権限がありません
permission denied to create role | ロールを作成する権限がありません
permission denied to create extension "%s" | 機能拡張"%s"を作成する権限がありません
permission denied to set parameter "%s" | パラメータ"%s"を設定する権限がありません
must be owner of table %s | テーブル %s の所有者である必要があります
must be owner of schema %s | スキーマ %s の所有者である必要があります
must be superuser to create superusers | スーパーユーザーを生成するにはスーパーユーザーである必要があります
password authentication failed for user "%s" | ユーザー"%s"のパスワード認証に失敗しました
role "%s" is not permitted to log in | ロール"%s"はログインが許可されません
Peer authentication failed for user "%s" | ユーザー"%s"で対向(peer)認証に失敗しました
Ident authentication failed for user "%s" | ユーザー"%s"のIdent認証に失敗しました
no pg_hba.conf entry for host "%s", user "%s", database "%s", %s | pg_hba.conf にホスト"%s"、ユーザー"%s"、データベース"%s, %s用のエントリがありません
cannot execute %s in a read-only transaction | リードオンリーのトランザクションでは %s を実行できません
deadlock detected | デッドロックを検出しました
canceling statement due to lock timeout | ロックのタイムアウトのためステートメントをキャンセルしています
canceling statement due to statement timeout | ステートメントのタイムアウトのためステートメントをキャンセルしています
canceling statement due to user request | ユーザーからの要求により文をキャンセルしています
could not obtain lock on relation "%s" | リレーション"%s"のロックを取得できませんでした
could not serialize access due to concurrent update | 更新が同時に行われたためアクセスの直列化ができませんでした
database "%s" is being accessed by other users | データベース"%s"は他のユーザーからアクセスされています
out of memory | メモリ不足です
out of memory | メモリが不足しました
out of shared memory | 共有メモリが足りません
could not extend file "%s": %m | ファイル"%s"を拡張できませんでした: %m
could not write to file "%s": %m | ファイル"%s"を書き出せませんでした: %m
could not open file "%s": %m | ファイル"%s"をオープンできませんでした: %m
could not fsync file "%s": %m | ファイル"%s"をfsyncできませんでした: %m
could not access file "%s": %m | ファイル"%s"にアクセスできませんでした: %m
sorry, too many clients already | 現在クライアント数が多すぎます
too many connections for role "%s" | ロール"%s"からの接続が多すぎます
remaining connection slots are reserved for non-replication superuser connections | 残りの接続スロットはレプリケーションユーザーではないスーパーユーザー用に予約されています
cannot drop %s because other objects depend on it | 他のオブジェクトが依存しているため%sを削除できません
%s at or near "%s" | "%2$s"またはその近辺で%1$s
%s at end of input | 入力の最後で %s
syntax error | 構文エラー
syntax error | 構文エラーです
current transaction is aborted, commands ignored until end of transaction block | 現在のトランザクションがアボートしました。トランザクションブロックが終わるまでコマンドは無視されます
unrecognized configuration parameter "%s" | 設定パラメータ"%s"は不明です
terminating connection due to administrator command | 管理者コマンドにより接続を終了しています
terminating connection because of crash of another server process | 他のサーバープロセスがクラッシュしたため接続を終了します
the database system is starting up | データベースシステムは起動処理中です
the database system is shutting down | データベースシステムはシャットダウンしています
the database system is in recovery mode | データベースシステムはリカバリモードです
the database system is not yet accepting connections | データベースシステムはまだ接続を受け付けていません
unexpected EOF on client connection with an open transaction | トランザクションを実行中のクライアント接続で想定外のEOFがありました
could not receive data from client: %m | クライアントからデータを受信できませんでした: %m
there is no transaction in progress | 実行中のトランザクションがありません
there is already a transaction in progress | すでにトランザクションが実行中です
relation "%s" already exists, skipping | リレーション"%s"はすでに存在します、スキップします
extension "%s" already exists, skipping | 機能拡張"%s"はすでに存在します、スキップします
schema "%s" already exists, skipping | スキーマ"%s"はすでに存在します、スキップします
relation "%s" does not exist, skipping | リレーション"%s"は存在しません、スキップします
table "%s" does not exist, skipping | テーブル"%s"は存在しません、スキップします
column "%s" of relation "%s" already exists, skipping | リレーション"%2$s"の列"%1$s"はすでに存在します、スキップします
connection to server at "%s", port %s failed:  | "%s"、ポート%sのサーバーへの接続に失敗しました: 
connection to server on socket "%s" failed:  | ソケット"%s"のサーバーへの接続に失敗しました: 
could not translate host name "%s" to address: %s | ホスト名"%s"をアドレスに変換できませんでした: %s
unsupported version (%d.%d) in file header | ファイルヘッダ内のバージョン(%d.%d)はサポートされていません
aborting because of server version mismatch | サーバーバージョンの不一致のため処理を中断します
connection to server was lost | サーバーへの接続が失われました
database files are incompatible with server | データベースファイルがサーバーと互換性がありません
lock file "%s" already exists | ロックファイル"%s"はすでに存在します
replication slot "%s" does not exist | レプリケーションスロット"%s"は存在しません
could not connect to the primary server: %s | プライマリサーバーへの接続ができませんでした: %s
cannot truncate a table referenced in a foreign key constraint | 外部キー制約で参照されているテーブルを削除できません
cannot insert a non-DEFAULT value into column "%s" | 列"%s"への非デフォルト値の挿入はできません
cannot insert into view "%s" | ビュー"%s"へは挿入(INSERT)できません
No space left on device | デバイスに空き領域がありません
Permission denied | 許可がありません
No such file or directory | そのようなファイルやディレクトリはありません
Cannot allocate memory | メモリを確保できません
Connection refused | 接続を拒否されました
Connection timed out | 接続がタイムアウトしました
Connection reset by peer | 接続が相手からリセットされました
Too many open files | ファイルを開きすぎです
Input/output error | 入力/出力エラーです
No route to host | ホストへの経路がありません
Network is unreachable | ネットワークに届きません
Name or service not known | 名前またはサービスが不明です
Temporary failure in name resolution | 名前解決に一時的に失敗しました
Disk quota exceeded | ディスク使用量制限を超過しました
File exists | ファイルが存在します
Is a directory | ディレクトリです
Read-only file system | 読み込み専用ファイルシステムです
File too large | ファイルが大きすぎます
Resource temporarily unavailable | リソースが一時的に利用できません
COPY %s, line %llu, column %s: "%s" | %sのCOPY、行 %llu、列 %s: "%s"
COPY %s, line %llu, column %s: null input | %sのCOPY、行 %llu、列 %s: null が入力されました
COPY %s, line %llu, column %s | %sのCOPY、行 %llu、列 %s
COPY %s, line %llu: "%s" | %sのCOPY、行 %llu: "%s"
COPY %s, line %llu | %sのCOPY、行 %llu
server closed the connection unexpectedly | サーバーとの接続が想定外にクローズされました
could not execute query | 問い合わせを実行できませんでした
could not write to log file %s at offset %u, length %zu: %m | ログファイル%sのオフセット%uに長さ%zuの書き込みができませんでした: %m
SSL connection has been closed unexpectedly | SSL接続が意図せずにクローズされました
syntax error at or near "%s" | "%s"またはその近辺で構文エラー
syntax error at end of input | 入力の最後で 構文エラー
LINE %d:  | 行 %d: `,
}
