/** Errors of files that people share to be run. */
export const uploadErrors = {
  upload_unknown: {
    says: 'I found no file "{file}" in the channel of this incident.',
    hint: 'Share it there, or say the command in the message that brings the file.',
  },
  upload_several: {
    says: '{count} different files are called {file} there.',
    hint: 'Say the command in the message that brings the file, or give its link: --file <link>.',
  },
  upload_stranger: {
    says: '{file} was uploaded by {by}, who may not repair {system}.',
    hint: 'Look at it, then share it yourself in the message with the command.',
  },
  upload_name: {
    says: '"{file}" is no name that I take.',
    hint: 'Letters, digits, dots, dashes and underscores, ending with .sql, without spaces: hotfix.sql.',
  },
  upload_big: {
    says: '{file} has {size} bytes; I take at most {most}.',
    hint: 'What is longer is a migration of its own: put it into the plan, or split it.',
  },
  upload_text: {
    says: '{file} is no text that I can read.',
    hint: 'Save it as UTF-8, or as UTF-16 with a byte order mark.',
  },
  upload_secret: {
    says: '{file} holds what looks like a password or a token, and Salvor keeps none.',
    hint: 'Take it out and change it, since Slack has it now. SQL that needs one lies in fixes/ beside the plan: --file fixes/<name.sql>.',
  },
  upload_gone: {
    says: 'The store does not hold {file} as it was taken.',
    hint: 'Nothing was run. Share it again and ask for the fix anew.',
  },
  upload_unread: {
    says: 'Slack did not hand out {file}: {seen}.',
    hint: 'Try again; if it stays so, see that the app was installed anew with the scope files:read.',
  },
} as const
