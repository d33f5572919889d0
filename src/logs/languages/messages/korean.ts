/** Taken by bench/write-languages.ts from PostgreSQL 15's and glibc's own catalogues for ko. */
export const korean = {
  words: String.raw`
DETAIL | 상세정보
HINT | 힌트
CONTEXT | 내용
CONTEXT | 구문
STATEMENT | 명령 구문
STATEMENT | 명령구문
QUERY | 쿼리
LOCATION | 위치
ERROR | 오류
FATAL | 치명적오류
PANIC | 손상
WARNING | 경고
NOTICE | 알림
LOG | 로그
INFO | 정보`,
  messages: String.raw`
duplicate key value violates unique constraint "%s" | 중복된 키 값이 "%s" 고유 제약 조건을 위반함
could not create unique index "%s" | "%s" 고유 인덱스를 만들 수 없음
insert or update on table "%s" violates foreign key constraint "%s" | "%s" 테이블에서 자료 추가, 갱신 작업이 "%s" 참조키(foreign key) 제약 조건을 위배했습니다
update or delete on table "%s" violates foreign key constraint "%s" on table "%s" | "%s" 테이블의 자료 갱신, 삭제 작업이 "%s" 참조키(foreign key) 제약 조건 - "%s" 테이블 - 을 위반했습니다
null value in column "%s" of relation "%s" violates not-null constraint | "%s" 칼럼(해당 릴레이션 "%s")의 null 값이 not null 제약조건을 위반했습니다.
new row for relation "%s" violates check constraint "%s" | 새 자료가 "%s" 릴레이션의 "%s" 체크 제약 조건을 위반했습니다
check constraint "%s" of relation "%s" is violated by some row | "%s" 체크 제약 조건(해당 릴레이션 "%s")을 위반하는 몇몇 자료가 있습니다
conflicting key value violates exclusion constraint "%s" | "%s" exclusion 제약 조건에 따라 키 값 충돌이 발생했습니다.
value for domain %s violates check constraint "%s" | %s 도메인용 값이 "%s" 체크 제약 조건을 위반했습니다
column "%s" of relation "%s" contains null values | "%s" 열(해당 릴레이션 "%s")의 자료 가운데 null 값이 있습니다
new row for relation "%s" violates partition constraint | 새 자료가 "%s" 릴레이션의 파티션 제약 조건을 위반했습니다
no partition of relation "%s" found for row | 해당 로우를 위한 "%s" 릴레이션용 파티션이 없음
Key %s already exists. | %s 키가 이미 있습니다.
Key %s is duplicated. | %s 키가 중복됨
Key %s conflicts with existing key %s. | %s 키가 이미 있는 %s 키와 충돌합니다.
Key (%s)=(%s) is not present in table "%s". | (%s)=(%s) 키가 "%s" 테이블에 없습니다.
Key (%s)=(%s) is still referenced from table "%s". | (%s)=(%s) 키가 "%s" 테이블에서 여전히 참조됩니다.
Failing row contains %s. | 실패한 자료: %s
relation "%s" does not exist | "%s" 이름의 릴레이션(relation)이 없습니다
relation "%s.%s" does not exist | "%s.%s" 이름의 릴레이션(relation)이 없습니다
relation "%s" already exists | "%s" 이름의 릴레이션(relation)이 이미 있습니다
table "%s" does not exist | "%s" 테이블 없음
schema "%s" does not exist | "%s" 스키마(schema) 없음
schema "%s" already exists | "%s" 이름의 스키마(schema)가 이미 있음
database "%s" does not exist | "%s" 데이터베이스 없음
database "%s" already exists | "%s" 이름의 데이터베이스는 이미 있음
role "%s" does not exist | "%s" 롤(role) 없음
role "%s" already exists | "%s" 롤 이름이 이미 있습니다
type "%s" does not exist | "%s" 자료형 없음
type "%s" already exists | "%s" 자료형이 이미 있습니다
index "%s" does not exist | "%s" 인덱스 없음
sequence "%s" does not exist | "%s" 시퀀스 없음
extension "%s" does not exist | "%s" 이름의 확장 모듈이 없습니다
extension "%s" already exists | "%s" 이름의 확장 모듈이 이미 있습니다
extension "%s" is not available | "%s" 이름의 확장 모듈을 사용할 수 없습니다
could not open extension control file "%s": %m | "%s" 확장 모듈 제어 파일 열기 실패: %m
function %s does not exist | %s 이름의 함수가 없음
function "%s" already exists with same argument types | 이미 같은 인자 자료형을 사용하는 "%s" 함수가 있습니다
constraint "%s" of relation "%s" does not exist | "%s" 제약 조건이 "%s" 릴레이션에 없습니다.
constraint "%s" for relation "%s" already exists | "%s" 제약 조건이 이미 "%s" 릴레이션(relation)에서 사용되고 있습니다
trigger "%s" for relation "%s" already exists | "%s" 이름의 트리거가 "%s" 테이블에 이미 있습니다
trigger "%s" for table "%s" does not exist | "%s" 트리거는 "%s" 테이블에 없음
column "%s" does not exist | "%s" 이름의 칼럼은 없습니다
column %s.%s does not exist | %s.%s 칼럼 없음
column "%s" of relation "%s" does not exist | "%s" 칼럼은 "%s" 릴레이션(relation)에 없음
column "%s" of relation "%s" already exists | "%s" 이름의 칼럼은 "%s" 릴레이션에 이미 있습니다
column "%s" specified more than once | "%s" 칼럼을 하나 이상 지정했음
column "%s" is of type %s but expression is of type %s | 열 "%s"은(는) %s 자료형인데 표현식은 %s 자료형입니다.
column "%s" cannot be cast automatically to type %s | "%s" 칼럼의 자료형을 %s 형으로 형변환할 수 없음
column reference "%s" is ambiguous | 칼럼 참조 "%s" 가 모호합니다.
operator does not exist: %s | 연산자 없음: %s
INSERT has more target columns than expressions | INSERT 구문에 target columns 보다 더 많은 표현식(expressions)이 존재하고 있다
INSERT has more expressions than target columns | INSERT 구문에 target columns 보다 더 많은 표현식이 존재하고 있다
multiple primary keys for table "%s" are not allowed | "%s" 테이블에는 이미 기본키가 있습니다
there is no unique constraint matching given keys for referenced table "%s" | 참조되는 "%s" 테이블을 위한 주워진 키와 일치하는 고유 제약 조건이 없습니다
foreign key constraint "%s" cannot be implemented | "%s" 참조키(foreign key) 제약 조건은 구현되어질 수 없습니다
missing data for column "%s" | "%s" 칼럼의 자료가 빠졌음
extra data after last expected column | 마지막 칼럼을 초과해서 또 다른 데이터가 있음
value too long for type character varying(%d) | character varying(%d) 자료형에 너무 긴 자료를 담으려고 합니다.
value too long for type character(%d) | character(%d) 자료형에 너무 긴 자료를 담으려고 합니다.
invalid input syntax for type %s: "%s" | %s 자료형 대한 잘못된 입력: "%s"
invalid input syntax for type %s | %s 자료형에 대한 잘못된 입력 구문
invalid input value for enum %s: "%s" | %s 열거형의 입력 값이 잘못됨: "%s"
value "%s" is out of range for type %s | 입력한 "%s" 값은 %s 자료형 범위를 초과했습니다
integer out of range | 정수 범위를 벗어남
bigint out of range | bigint의 범위를 벗어났습니다.
smallint out of range | smallint의 범위를 벗어났습니다.
numeric field overflow | 수치 필드 오버플로우
date/time field value out of range: "%s" | 날짜/시간 필드의 값이 범위를 벗어남: "%s"
division by zero | 0으로는 나눌수 없습니다.
malformed array literal: "%s" | 비정상적인 배열 문자: "%s"
invalid byte sequence for encoding "%s": %s | "%s" 인코딩에서 사용할 수 없는 문자가 있음: %s
character with byte sequence %s in encoding "%s" has no equivalent in encoding "%s" | %s 바이트로 조합된 문자(인코딩: "%s")와 대응되는 문자 코드가 "%s" 인코딩에는 없습니다
unterminated CSV quoted field | 종료되지 않은 CSV 따옴표 필드
permission denied for table %s | %s 테이블에 대한 접근 권한 없음
permission denied for schema %s | %s 스키마(schema) 접근 권한 없음
permission denied for database %s | %s 데이터베이스 접근 권한 없음
permission denied for sequence %s | %s 시퀀스 접근 권한 없음
permission denied for function %s | %s 함수 접근 권한 없음
permission denied for view %s | %s 뷰에 대한 접근 권한 없음
permission denied to create database | 데이터베이스를 만들 권한이 없음
permission denied to create role | 롤 만들 권한 없음
permission denied to create extension "%s" | "%s" 확장 모듈을 만들 권한이 없습니다
permission denied to set parameter "%s" | "%s" 매개 변수를 지정할 권한이 없습니다.
must be owner of table %s | %s 테이블의 소유주여야만 합니다
must be owner of schema %s | %s 스키마(schema)의 소유주여야만 합니다
must be superuser to create superusers | 새 슈퍼유저를 만드려면 슈퍼유져여야만 합니다
password authentication failed for user "%s" | 사용자 "%s"의 password 인증을 실패했습니다
role "%s" is not permitted to log in | "%s" 롤은 접속을 허용하지 않음
Peer authentication failed for user "%s" | 사용자 "%s"의 peer 인증을 실패했습니다.
Ident authentication failed for user "%s" | 사용자 "%s"의 Ident 인증을 실패했습니다.
no pg_hba.conf entry for host "%s", user "%s", database "%s", %s | 호스트 "%s", 사용자 "%s", 데이터베이스 "%s", %s 연결에 대한 설정이 pg_hba.conf 파일에 없습니다.
cannot execute %s in a read-only transaction | 읽기 전용 트랜잭션에서는 %s 명령을 실행할 수 없습니다.
deadlock detected | deadlock 발생했음
canceling statement due to lock timeout | 잠금 대기 시간 초과로 작업을 취소합니다.
canceling statement due to statement timeout | 명령실행시간 초과로 작업을 취소합니다.
canceling statement due to user request | 사용자 요청에 의해 작업을 취소합니다.
could not obtain lock on relation "%s" | "%s" 릴레이션의 잠금 정보를 구할 수 없음
could not serialize access due to concurrent update | 동시 업데이트 때문에 순차적 액세스가 불가능합니다
database "%s" is being accessed by other users | "%s" 데이터베이스를 다른 사용자가 액세스하기 시작했습니다
out of memory | 메모리 부족
out of shared memory | 공유 메모리 부족
could not extend file "%s": %m | "%s" 파일을 확장할 수 없음: %m
could not write to file "%s": %m | "%s" 파일 쓰기 실패: %m
could not open file "%s": %m | "%s" 파일을 열 수 없음: %m
could not fsync file "%s": %m | "%s" 파일 fsync 실패: %m
could not access file "%s": %m | "%s" 파일에 액세스할 수 없음: %m
sorry, too many clients already | 최대 동시 접속자 수를 초과했습니다.
too many connections for role "%s" | "%s" 롤의 최대 동시 접속수를 초과했습니다
remaining connection slots are reserved for non-replication superuser connections | 남은 연결 슬롯은 non-replication 슈퍼유저 연결용으로 남겨 놓았음
cannot drop %s because other objects depend on it | 기타 다른 개체들이 이 개체에 의존하고 있어, %s 삭제할 수 없음
%s at or near "%s" | %s, "%s" 부근
%s at end of input | %s, 입력 끝부분
syntax error | 구문 오류
syntax error | 문법 오류
current transaction is aborted, commands ignored until end of transaction block | 현재 트랜잭션은 중지되어 있습니다. 이 트랜잭션을 종료하기 전까지는 모든 명령이 무시될 것입니다
unrecognized configuration parameter "%s" | 알 수 없는 환경 매개 변수 이름: "%s"
terminating connection due to administrator command | 관리자 요청에 의해서 연결을 끝냅니다
terminating connection because of crash of another server process | 다른 서버 프로세스가 손상을 입어 현재 연결을 중지합니다
the database system is starting up | 데이터베이스 시스템이 새로 가동 중입니다.
the database system is shutting down | 데이터베이스 시스템이 중지 중입니다
the database system is in recovery mode | 데이터베이스 시스템이 자동 복구 작업 중입니다.
the database system is not yet accepting connections | 해당 데이터베이스 시스템은 아직 접속을 허용하지 않습니다.
unexpected EOF on client connection with an open transaction | 열린 트랜잭션과 함께 클라이언트 연결에서 예상치 않은 EOF 발견됨
could not receive data from client: %m | 클라이언트에게 데이터를 받을 수 없습니다: %m
there is no transaction in progress | 현재 트랜잭션 작업을 하지 않고 있습니다
there is already a transaction in progress | 이미 트랜잭션 작업이 진행 중입니다
relation "%s" already exists, skipping | "%s" 이름의 릴레이션(relation)이 이미 있습니다, 건너뜀
extension "%s" already exists, skipping | "%s" 확장 모듈이 이미 있음, 건너뜀
schema "%s" already exists, skipping | "%s" 이름의 스키마(schema)가 이미 있음, 건너뜀
relation "%s" does not exist, skipping | "%s" 릴레이션 없음, 건너뜀
table "%s" does not exist, skipping | "%s" 테이블 없음, 무시함
column "%s" of relation "%s" already exists, skipping | "%s" 이름의 칼럼이 "%s" 릴레이션에 이미 있습니다, 건너뜀
connection to server at "%s", port %s failed:  | "%s" 포트 %s 서버에 접속 할 수 없음: 
connection to server on socket "%s" failed:  | "%s" 소켓으로 서버 접속 할 수 없음: 
could not translate host name "%s" to address: %s | "%s" 호스트 이름을 전송할 수 없습니다: 대상 주소: %s
unsupported version (%d.%d) in file header | 파일 헤더에 있는 %d.%d 버전은 지원되지 않습니다
aborting because of server version mismatch | 서버 버전이 일치하지 않아 중단하는 중
connection to server was lost | 서버 접속 끊김
database files are incompatible with server | 데이터베이스 파일들이 서버와 호환성이 없습니다
lock file "%s" already exists | "%s" 잠금 파일이 이미 있음
replication slot "%s" does not exist | "%s" 이름의 복제 슬롯이 없습니다
could not connect to the primary server: %s | 주 서버에 연결 할 수 없음: %s
cannot truncate a table referenced in a foreign key constraint | _^_ 테이블 내용을 모두 삭제할 수 없음, 참조키(foreign key) 제약 조건 안에서
cannot insert a non-DEFAULT value into column "%s" | "%s" 칼럼에 non-DEFAULT 값을 입력할 수 없습니다
cannot insert into view "%s" | "%s" 뷰에 자료를 입력할 수 없습니다
No space left on device | 장치에 남은 공간이 없음
Permission denied | 허가 거부
No such file or directory | 그런 파일이나 디렉터리가 없습니다
Cannot allocate memory | 메모리를 할당할 수 없습니다
Connection refused | 연결이 거부됨
Connection timed out | 연결 시간 초과
Connection reset by peer | 상대편이 연결을 끊음
Too many open files | 열린 파일이 너무 많음
Input/output error | 입력/출력 오류
No route to host | 호스트로 갈 루트가 없음
Network is unreachable | 네트워크가 접근 불가능합니다
Broken pipe | 파이프가 깨어짐
Name or service not known | 이름 혹은 서비스를 알 수 없습니다
Temporary failure in name resolution | name resolution에서 일시적인 실패
Disk quota exceeded | 디스크 할당량이 초과됨
File exists | 파일이 있습니다
Is a directory | 디렉터리입니다
Read-only file system | 읽기전용 파일 시스템
File too large | 파일이 너무 큽니다
Resource temporarily unavailable | 자원이 일시적으로 사용 불가능함
COPY %s, line %llu, column %s: "%s" | %s 복사, %llu번째 줄, %s 열: "%s"
COPY %s, line %llu, column %s: null input | COPY %s, %llu행, %s 열: null 입력
COPY %s, line %llu, column %s | %s 복사, %llu번째 줄, %s 열
COPY %s, line %llu: "%s" | %s 복사, %llu번째 줄: "%s"
COPY %s, line %llu | %s 복사, %llu번째 줄
server closed the connection unexpectedly | 서버가 갑자기 연결을 닫았음
could not execute query | 쿼리를 실행 할 수 없음
could not write to log file %s at offset %u, length %zu: %m | %s 로그 파일 쓰기 실패, 위치 %u, 길이 %zu: %m
SSL connection has been closed unexpectedly | SSL 연결이 예상치 못하게 끊김
syntax error at or near "%s" | 구문 오류, "%s" 부근
syntax error at end of input | 구문 오류, 입력 끝부분
LINE %d:  | 줄 %d: `,
}
