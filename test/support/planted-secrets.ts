/** Puts a secret into a text as programs print it; gives the text and what must not be left of it. */
export type Plant = (word: string) => readonly [text: string, secret: string]

/** Every kind of secret that may not survive redaction; `known` is one whose value the redactor was told. */
export function listPlants(known: string): readonly Plant[] {
  return [
    () => [`using ${known} now`, known],
    () => [`using ${encodeURIComponent(`${known}/`)} now`, known],
    () => [Buffer.from(`app:${known}`).toString('base64'), Buffer.from(known).toString('base64').slice(4, -4)],
    (word) => [`mysql://app:${word}@db/x`, word],
    (word) => [`host=db user=app password=${word} dbname=x`, word],
    (word) => [`jdbc:postgresql://db/x?user=app&password=${word}`, word],
    (word) => [`Server=db;Uid=app;Pwd=${word};`, word],
    (word) => [`expdp system/${word}@orcl`, word],
    (word) => [`mysqldump -u root -p${word} orders`, word],
    (word) => [`Authorization: Basic ${word}`, word],
    (word) => [`Cookie: a=1; session=${word}`, word],
    (word) => [`AccountKey=${word}==`, word],
    (word) => [`https://x.blob.example.com/f?se=1&sig=${word}`, word],
    (word) => [`aws_secret_access_key = ${word}`, word],
    (word) => [`AIza${word}${word}`, word],
    (word) => [`xoxp-1-${word}`, word],
    (word) => [`glpat-${word}`, word],
    (word) => [`eyJhbGciOiJIUzI1NiJ9.${word}.${word}`, word],
    (word) => [`CREATE USER x IDENTIFIED BY '${word}'`, word],
    (word) => [`SCRAM-SHA-256$4096:${word}`, word],
    (word) => [`Key (name)=(${word}) already exists.`, word],
    (word) => [`Duplicate entry '${word}' for key 'people.email'`, word],
    (word) => [`Conversion failed when converting the varchar value '${word}' to data type int.`, word],
    (word) => [`E11000 duplicate key error dup key: { email: "${word}" }`, word],
    (word) => [`COPY customers, line 4, column phone: "${word}"`, word],
    (word) => [`Failing row contains (1, ${word}, null).`, word],
  ]
}
