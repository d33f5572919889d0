import { makeRules, type Rule } from '../rule.ts'

/**
 * Words for kinds of failures in the languages that servers and their drivers speak beside English: for messages of
 * which no catalogue is at hand and no code was printed.
 */
export const otherLanguageRules: readonly Rule[] = [
  ...makeRules('syntax', [
    /구문 오류|구문이 잘못|構文エラー|文法エラー|语法错误|語法錯誤|附近有语法|附近的語法|Syntaxfehler|(?:erreur|faute) de syntaxe|error de sintaxis|sintaxis incorrecta|errore di sintassi|erro de sintaxe|błąd składni|sözdizim\p{L}* hatası|syntaxfel|синтаксична помилка|синтаксическая ошибка|ошибка синтаксиса/iu,
  ]),
  ...makeRules('permission_auth', [
    /권한이? ?(?:없|거부|부족)|사용 권한|접근 권한|로그인하지 못|로그인 실패|인증(?:을|에)? ?실패|権限が|アクセス(?:は|が)?拒否|認証に失敗|ログインに失敗|权限(?:不足|被拒绝)|拒绝了?.{0,40}权限|登录失败|認證失敗|拒絕存取|登入失敗|keine (?:Berechtigung|Rechte)|Zugriff verweigert|Anmeldung fehlgeschlagen|Anmelden? .{0,60}fehlgeschlagen|(?:droit|permission|accès) refusée?|échec de l.authentification|échec de l.ouverture de session|permiso denegado|acceso denegado|autenti(?:fi)?cación .{0,60}fall|permesso negato|accesso negato|autenticazione .{0,60}fallita|permissão negada|odmowa dostępu|brak uprawnień|izin verilmedi|erişim engellendi|åtkomst nekas|rättighet saknas|немає прав|acesso negado|нет (?:доступа|прав)|доступ запрещ|отказано в доступе|не прош\p{L}{1,4} проверку/iu,
  ]),
  ...makeRules('constraint_violation', [
    /제약 ?조건.{0,20}위반|중복(?:된)? 키|고유 제약|널? ?값을 .{0,20}삽입할 수 없|제약.{0,10}충돌|制約に?違反|一意制約|重複(?:する|した)?キー|NULL ?(?:値を|は).{0,20}挿入できません|违反.{0,20}约束|唯一约束|重复键|重复的?键|違反.{0,30}(?:條件|約束)|Verletzung .{0,60}(?:Constraint|Einschränkung)|doppelter? Schlüssel|verletzt .{0,60}Constraint|viol(?:e|ation de) .{0,20}(?:la )?contrainte|clé (?:dupliquée|en double)|viola .{0,20}(?:la )?restricción|infracción de (?:la )?restricción|clave duplicada|viola il vincolo|violazione del vincolo|chiave duplicata|viola .{0,20}restrição|chave duplicada|não-nulo|narusza ograniczenie|podwójna wartość klucza|kısıtlamasını ihlal|bryter mot|порушу\p{L}{1,4} обмеженн|наруш\p{L}{1,6} ограничени|повторяющееся значение ключа/iu,
  ]),
  ...makeRules('duplicate_object', [
    /이미 (?:있|존재|사용)|(?:すでに|既に)(?:存在|使用|あり)|已(?:经|經)?存在|existiert bereits|ist bereits vorhanden|existe déjà|ya existe|esiste già|já existe|już istnieje|zaten (?:var|mevcut)|finns redan|вже існує|уже существует/iu,
  ]),
  ...makeRules('encoding', [
    /인코딩|バイトシーケンス|エンコーディング|字节序列|編碼|Kodierung|codage|codificación|codifica\b|кодировк/iu,
  ]),
  ...makeRules('data_conversion', [
    /너무 (?:깁|길|큽|크)|자료형|형식(?:이|으로)? ?(?:변환|잘못)|변환(?:하지|할 수|에) ?(?:못|없|실패)|잘립니다|잘림|범위를? ?벗어|長すぎ|大きすぎ|切り捨て|変換(?:できま|に失敗|中に)|無効な(?:入力|値|数値)|範囲外|入力構文が(?:不正|無効)|太长|过长|过大|截断|转换(?:失败|时)|无效的?(?:输入|数字|值)|超出范围|太長|截斷|轉換|zu (?:lang|gro(?:ß|ss))|abgeschnitten|konvertier|ungültige (?:Eingabe|Zahl)|trop (?:longue?|grande?)|tronqu|conversion .{0,40}échou|demasiado (?:largo|grande)|trunca|convertir|troppo (?:lung|grand)|troncat|converti|muito (?:longo|grande)|zbyt (?:dług|duż)|çok uzun|för lång|занадто довг|слишком (?:длинн|больш)|усечен|преобразован|неверн\p{L}{1,4} (?:значен|синтаксис для)/iu,
  ]),
  ...makeRules('lock_deadlock_timeout', [
    /교착|잠금|시간(?:이)? ?초과|デッドロック|ロック|タイムアウト|死锁|死結|锁(?:定|等待)?超时|超时|逾時|Deadlock|Zeitüberschreitung|Sperr|interblocage|verrou|délai .{0,30}(?:dépass|expir)|bloqueo|tiempo de espera|stallo|blocco|tempo scaduto|взаимоблокировк|блокировк|время ожидания|тайм-?аут/iu,
  ]),
  ...makeRules('resource_disk_memory', [
    /디스크|메모리(?:가)? ?부족|공간이? ?(?:부족|없)|가득 ?찼|ディスク|メモリ(?:ー)?(?:が)?不足|空き(?:領域|容量)|磁盘|内存不足|空间不足|已满|記憶體不足|磁碟|Speicher(?:platz)?\b|Festplatte|mémoire|espace disque|disque|memoria|espacio en disco|disco\b|spazio|памят|места на диске|диск/iu,
  ]),
  ...makeRules('connectivity', [
    /연결(?:할|을|이|에|하지)? ?(?:수 없|실패|거부|끊|못)|접속.{0,12}(?:실패|못|없)|接続(?:できま|に失敗|が?拒否|が切断|を確立)|无法连接|连接(?:失败|被拒绝|超时|已?断开)|無法連線|連線(?:失敗|被拒)|Verbindung .{0,60}(?:fehlgeschlagen|verweigert|verloren|abgelehnt|nicht)|connexion .{0,60}(?:refusée|échou|perdue|impossible)|se connecter|conexión .{0,60}(?:rechazada|fall|perdida|rehus)|conectar|connessione .{0,60}(?:rifiutata|fallita|persa)|connettersi|conexão .{0,60}(?:recusada|fal)|подключ|соединени/iu,
  ]),
  ...makeRules('mapping_schema', [
    /(?:열|칼럼|컬럼)(?:이|은|을)? .{0,30}(?:없|존재하지)|열 이름 .{0,60}(?:잘못|유효)|列.{0,80}(?:存在しません|無効です|不存在|无效)|Spalte .{0,80}(?:existiert nicht|ungültig)|Ungültiger Spaltenname|colonne .{0,80}(?:n.existe pas|non valide|inconnue)|columna .{0,80}(?:no existe|no válid|desconocida)|colonna .{0,80}(?:non esiste|sconosciuta)|coluna .{0,80}não existe|столб\p{L}{1,4} .{0,80}не существует|недопустимое имя столбца/iu,
  ]),
  ...makeRules('missing_object', [
    /(?:이|가|은|는)? ?없습니다|없음|존재하지 않|찾을 수 없|(?:存在しま|見つかりま)せん|ありません|不存在|找不到|未找到|无效的?对象名|existiert nicht|nicht gefunden|Ungültiger Objektname|n.existe pas|introuvable|non trouvé|no existe|no se (?:encontró|encuentra|puede encontrar)|non esiste|non trovat|não existe|nie istnieje|mevcut değil|(?:existerar|finns) inte|не існує|neexistuje|не существует|не найден|недопустимое имя объекта/iu,
  ]),
]
