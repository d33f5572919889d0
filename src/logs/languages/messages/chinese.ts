/** Taken by bench/write-languages.ts from PostgreSQL 15's and glibc's own catalogues for zh_CN. */
export const chinese = {
  words: String.raw`
DETAIL | 详细信息
DETAIL | 描述
HINT | 提示
CONTEXT | 上下文
CONTEXT | 背景
STATEMENT | 语句
QUERY | 查询
LOCATION | 位置
ERROR | 错误
FATAL | 致命错误
PANIC | 比致命错误还过分的错误
WARNING | 警告
NOTICE | 注意
LOG | 日志
INFO | 信息`,
  messages: String.raw`
duplicate key value violates unique constraint "%s" | 重复键违反唯一约束"%s"
could not create unique index "%s" | 无法创建唯一索引"%s"
insert or update on table "%s" violates foreign key constraint "%s" | 插入或更新表 "%s" 违反外键约束 "%s"
update or delete on table "%s" violates foreign key constraint "%s" on table "%s" | 在 "%1$s" 上的更新或删除操作违反了在 "%3$s" 上的外键约束 "%2$s"
new row for relation "%s" violates check constraint "%s" | 关系 "%s" 的新列违反了检查约束 "%s"
conflicting key value violates exclusion constraint "%s" | 互相冲突的键值违反排他约束"%s"
value for domain %s violates check constraint "%s" | 域 %s 的值违反了检查约束 "%s"
new row for relation "%s" violates partition constraint | 关系 "%s" 的新列违反了分区约束
no partition of relation "%s" found for row | 没有为行找到关系"%s"的分区
Key %s already exists. | 键值"%s" 已经存在
Key %s is duplicated. | 键值%s重复了
Key %s conflicts with existing key %s. | 键%s与已存在的键%s冲突
Key (%s)=(%s) is not present in table "%s". | 键值对(%s)=(%s)没有在表"%s"中出现.
Key (%s)=(%s) is still referenced from table "%s". | 键值对(%s)=(%s)仍然是从表"%s"引用的.
Failing row contains %s. | 失败, 行包含%s.
relation "%s" does not exist | 关系 "%s" 不存在
relation "%s.%s" does not exist | 关系 "%s.%s" 不存在
relation "%s" already exists | 关系 "%s" 已经存在
table "%s" does not exist | 表 "%s" 不存在
schema "%s" does not exist | 模式 "%s" 不存在
schema "%s" already exists | 模式 "%s" 已经存在
database "%s" does not exist | 数据库 "%s" 不存在
database "%s" already exists | 数据库 "%s" 已经存在
role "%s" does not exist | 角色 "%s" 不存在
role "%s" already exists | 角色"%s" 已经存在
type "%s" does not exist | 类型 "%s" 不存在
type "%s" already exists | 类型 "%s" 已经存在
index "%s" does not exist | 索引 "%s" 不存在
sequence "%s" does not exist | 序列 "%s" 不存在
extension "%s" does not exist | 扩展 "%s" 不存在
extension "%s" already exists | 扩展 "%s" 已经存在
could not open extension control file "%s": %m | 无法打开扩展控制文件 "%s": %m
function %s does not exist | 函数 %s 不存在
function "%s" already exists with same argument types | 带相同参数类型的函数 "%s" 已经存在
constraint "%s" of relation "%s" does not exist | 关系 "%2$s" 的 约束"%1$s" 不存在
constraint "%s" for relation "%s" already exists | 关系 "%2$s" 的约束 "%1$s" 已经存在
trigger "%s" for relation "%s" already exists | 对于关系 "%2$s" 的 "%1$s" 触发器已经存在
trigger "%s" for table "%s" does not exist | 表 "%2$s" 的 "%1$s" 触发器不存在
column "%s" does not exist | 字段 "%s" 不存在
column %s.%s does not exist | 字段 %s.%s 不存在
column "%s" of relation "%s" does not exist | 关系 "%2$s" 的 "%1$s" 字段不存在
column "%s" of relation "%s" already exists | 关系 "%s" 的属性 "%s" 已经存在
column "%s" specified more than once | 字段 "%s" 被指定多次
column "%s" is of type %s but expression is of type %s | 字段 "%s" 的类型为 %s, 但表达式的类型为 %s
column "%s" cannot be cast automatically to type %s | 字段 "%s" 不能自动转换成类型 %s
column reference "%s" is ambiguous | 字段关联 "%s" 是不明确的
operator does not exist: %s | 操作符不存在: %s
INSERT has more target columns than expressions | INSERT 的指定字段数多于表达式
INSERT has more expressions than target columns | INSERT 的表达式多于指定的字段数
multiple primary keys for table "%s" are not allowed | 对表 "%s" 指定多个主键是不允许的
there is no unique constraint matching given keys for referenced table "%s" | 没有唯一约束与关联表 "%s" 给定的键值匹配
foreign key constraint "%s" cannot be implemented | 无法实现外键约束 "%s"
missing data for column "%s" | 字段 "%s" 缺少数据
extra data after last expected column | 最后期望字段后有额外数据
value too long for type character varying(%d) | 对于可变字符类型来说，值太长了(%d)
value too long for type character(%d) | 对于字符类型来说这个值太长了(%d)
invalid input syntax for type %s: "%s" | 无效的类型 %s 输入语法: "%s"
invalid input syntax for type %s | 类型%s的输入语法无效
invalid input value for enum %s: "%s" | 对于枚举%s的输入值无效: "%s"
value "%s" is out of range for type %s | 值 "%s" 超出类型 %s 的范围
integer out of range | 整数超出范围
bigint out of range | bigint 超出范围
smallint out of range | smallint 超出范围
numeric field overflow | 数字字段溢出
date/time field value out of range: "%s" | 日期/时间值超出范围: "%s"
division by zero | 除以零
malformed array literal: "%s" | 有缺陷的数组常量:"%s"
invalid byte sequence for encoding "%s": %s | 无效的 "%s" 编码字节顺序: %s
character with byte sequence %s in encoding "%s" has no equivalent in encoding "%s" | 编码"%2$s"的字符0x%1$s在编码"%3$s"没有相对应值
unterminated CSV quoted field | CSV 引号域没有结束
permission denied for table %s | 对表 %s 权限不够
permission denied for schema %s | 对模式 %s 权限不够
permission denied for database %s | 对数据库 %s 权限不够
permission denied for sequence %s | 对于序列 %s, 权限不够
permission denied for function %s | 对函数 %s 权限不够
permission denied for view %s | 对视图 %s 权限不够
permission denied to create database | 创建数据库权限不够
permission denied to create role | 创建角色的权限不够
permission denied to create extension "%s" | 创建扩展 "%s" 权限不够
permission denied to set parameter "%s" | 设置参数 "%s" 权限不允许
must be owner of table %s | 必须是表 %s 的属主
must be owner of schema %s | 必须是模式 %s 的属主
must be superuser to create superusers | 只有超级用户能创建另一个超级用户
password authentication failed for user "%s" | 用户 "%s" Password 认证失败
role "%s" is not permitted to log in | 不允许角色"%s" 进行登录
Peer authentication failed for user "%s" | 对用户"%s"的对等认证失败
Ident authentication failed for user "%s" | 用户 "%s" Ident 认证失败
no pg_hba.conf entry for host "%s", user "%s", database "%s", %s | 没有用于主机 "%s", 用户 "%s", 数据库 "%s", %s 的 pg_hba.conf 记录
cannot execute %s in a read-only transaction | 不能在一个只读模式的事务中执行%s
deadlock detected | 检测到死锁
canceling statement due to lock timeout | 由于锁超时，取消语句操作
canceling statement due to statement timeout | 由于语句执行超时，正在取消查询命令
canceling statement due to user request | 由于用户请求而正在取消查询
could not obtain lock on relation "%s" | 无法在关系 "%s" 上获得锁
could not serialize access due to concurrent update | 由于同步更新而无法串行访问
database "%s" is being accessed by other users | 其他用户正在使用数据库 "%s"
out of memory | 内存用尽
out of memory | 内存不足
out of shared memory | 共享内存用尽
could not extend file "%s": %m | 无法扩展文件 "%s": %m
could not write to file "%s": %m | 无法写入文件 "%s": %m
could not open file "%s": %m | 无法打开文件 "%s": %m
could not fsync file "%s": %m | 无法 fsync 文件 "%s": %m
could not access file "%s": %m | 无法访问文件 "%s": %m
sorry, too many clients already | 对不起, 已经有太多的客户
too many connections for role "%s" | 由角色"%s"发起的连接太多了
remaining connection slots are reserved for non-replication superuser connections | 已保留的连接位置为执行非复制请求的超级用户预留
cannot drop %s because other objects depend on it | 无法删除 %s 因为有其它对象倚赖它
%s at or near "%s" | %s 在 "%s" 或附近的
%s at end of input | %s 在输入的末尾
syntax error | 语法错误
current transaction is aborted, commands ignored until end of transaction block | 当前事务被终止, 事务块结束之前的查询被忽略
unrecognized configuration parameter "%s" | 未认可的配置参数 "%s"
terminating connection due to administrator command | 由于管理员命令中断联接
terminating connection because of crash of another server process | 中断联接, 因为其它服务器进程崩溃
the database system is starting up | 数据库系统启动中
the database system is shutting down | 数据库系统停止中
the database system is in recovery mode | 数据库系统在恢复模式中
unexpected EOF on client connection with an open transaction | 在客户端连接上的已打开事务中出现意外 EOF
could not receive data from client: %m | 无法从客户端获得数据: %m
there is no transaction in progress | 没有事物在运行中
there is already a transaction in progress | 已经有一个事物在运行中
relation "%s" already exists, skipping | 关系 "%s" 已经存在, 跳过
extension "%s" already exists, skipping | 扩展 "%s" 已经存在,跳过
schema "%s" already exists, skipping | 模式 "%s" 已存在, 跳过
relation "%s" does not exist, skipping | 关系 "%s" 不存在，忽略
table "%s" does not exist, skipping | 表 "%s" 不存在
column "%s" of relation "%s" already exists, skipping | 关系 "%2$s" 的列 "%1$s" 已经存在，跳过
connection to server at "%s", port %s failed:  | 连接到"%s"上的服务器，端口%s失败：
connection to server on socket "%s" failed:  | 连接到套接字"%s"上的服务器失败:
could not translate host name "%s" to address: %s | 无法解释主机名 "%s" 到地址: %s
unsupported version (%d.%d) in file header | 在文件头中有不支持的版本 (%d.%d)
aborting because of server version mismatch | 因为服务器版本不匹配而终止
connection to server was lost | 与数据库的连接已经断开
database files are incompatible with server | 数据库文件和服务器不兼容
lock file "%s" already exists | 锁文件 "%s" 已经存在
replication slot "%s" does not exist | 复制槽名 "%s" 不存在
could not connect to the primary server: %s | 无法连接到主用服务器：%s
cannot truncate a table referenced in a foreign key constraint | 在一个外键约束中无法删除 (truncate) 一个表的关联
cannot insert into view "%s" | 无法插入到视图"%s"
No space left on device | 设备上没有空间
Permission denied | 权限不够
No such file or directory | 没有那个文件或目录
Cannot allocate memory | 无法分配内存
Connection refused | 拒绝连接
Connection timed out | 连接超时
Connection reset by peer | 连接被对方重设
Too many open files | 打开的文件过多
Input/output error | 输入/输出错误
No route to host | 没有到主机的路由
Network is unreachable | 网络不可达
Broken pipe | 断开的管道
Name or service not known | 未知的名称或服务
Temporary failure in name resolution | 域名解析暂时失败
Disk quota exceeded | 超出磁盘限额
File exists | 文件已存在
Is a directory | 是一个目录
Read-only file system | 只读文件系统
File too large | 文件过大
Resource temporarily unavailable | 资源暂时不可用
server closed the connection unexpectedly | 服务器意外地关闭了联接
could not execute query | 无法执行查询
could not write to log file %s at offset %u, length %zu: %m | 无法在偏移量 %2$u,长度 %3$zu写入日志文件%1$s: %4$m
SSL connection has been closed unexpectedly | SSL连接异常关闭
syntax error at or near "%s" | 语法错误 在 "%s" 或附近的
syntax error at end of input | 语法错误 在输入的末尾
LINE %d:  | 第%d行`,
}
